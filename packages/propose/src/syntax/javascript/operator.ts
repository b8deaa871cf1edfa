import type { FaultClass, TextEdit } from "@pawl/core";
import type { EditContext } from "../types.ts";
import type { Node, NodeOf } from "./ast.ts";
import type { SourceFile } from "./source-file.ts";

/** One way to change a site. */
export interface Alternative {
  readonly replacements: readonly TextEdit[];
  /** In (0, 1]; 1 when left out. */
  readonly weight?: number;
  /** When the alternative repairs another class of fault than the operator usually does. */
  readonly faultClass?: FaultClass;
}

/** A repair operator: which nodes it looks at and what it would write there. */
export interface Operator {
  readonly id: string;
  readonly faultClass: FaultClass;
  /** One line for people. */
  readonly description: string;
  readonly kinds: readonly Node["type"][];
  alternatives(node: Node, file: SourceFile, context: EditContext): Iterable<Alternative>;
}

/** An operator whose `alternatives` sees only nodes of its kinds. */
export function operator<const K extends Node["type"]>(definition: {
  readonly id: string;
  readonly faultClass: FaultClass;
  readonly description: string;
  readonly kinds: readonly K[];
  alternatives(node: NodeOf<K>, file: SourceFile, context: EditContext): Iterable<Alternative>;
}): Operator {
  // The caller of an operator looks its kinds up first, so only such nodes arrive here.
  return definition as unknown as Operator;
}
