import type { FaultClass, TextEdit } from "@pawl/core";
import type { PythonFile } from "../file.ts";
import { parenthesised, requiredAt } from "../precedence.ts";
import type { SyntaxNode } from "../tree.ts";

/** One alternative of an operator at a site. */
export interface Draft {
  /** Ascending, not overlapping. */
  readonly replacements: readonly TextEdit[];
  /** In (0, 1]; 1 when missing. */
  readonly weight?: number;
  /** When it differs from the operator's. */
  readonly faultClass?: FaultClass;
}

/** A kind of repair. One entry in a family file; see `index.ts`. */
export interface Operator {
  readonly id: string;
  readonly faultClass: FaultClass;
  /** One line for people. */
  readonly description: string;
  /** The grammar's names of the nodes it looks at. */
  readonly kinds: readonly string[];
  edits(node: SyntaxNode, file: PythonFile): Iterable<Draft>;
}

/** Replaces the text of a node or token. */
export function replace(node: SyntaxNode, text: string, weight = 1, faultClass?: FaultClass): Draft {
  return draft([{ start: node.start, end: node.end, text }], weight, faultClass);
}

/** Replaces an expression, with parentheses when its place needs them. `strength` is the precedence of the new text. */
export function replaceExpression(
  node: SyntaxNode,
  text: string,
  strength: number,
  weight = 1,
  faultClass?: FaultClass,
): Draft {
  return replace(node, parenthesised(text, strength, requiredAt(node)), weight, faultClass);
}

export function insert(at: number, text: string, weight = 1, faultClass?: FaultClass): Draft {
  return draft([{ start: at, end: at, text }], weight, faultClass);
}

export function remove(start: number, end: number, weight = 1, faultClass?: FaultClass): Draft {
  return draft([{ start, end, text: "" }], weight, faultClass);
}

/** Exchanges the texts of two nodes that do not overlap. */
export function exchange(a: SyntaxNode, b: SyntaxNode, weight = 1, faultClass?: FaultClass): Draft {
  const [first, second] = a.start < b.start ? [a, b] : [b, a];
  return draft(
    [
      { start: first.start, end: first.end, text: second.text },
      { start: second.start, end: second.end, text: first.text },
    ],
    weight,
    faultClass,
  );
}

export function draft(replacements: readonly TextEdit[], weight = 1, faultClass?: FaultClass): Draft {
  return faultClass === undefined ? { replacements, weight } : { replacements, weight, faultClass };
}

/** The token child with the operator of a binary, unary, boolean or augmented expression. */
export function operatorToken(node: SyntaxNode): SyntaxNode | null {
  return node.child("operator");
}

/** Positional and keyword arguments of a call, without the parentheses; empty for `sum(x for …)`. */
export function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  const list = call.child("arguments");
  return list?.kind === "argument_list" ? list.namedChildren : [];
}

/** The last part of what is called: `append` for `x.append(…)`, `len` for `len(…)`. */
export function calleeName(call: SyntaxNode): string {
  const callee = call.child("function");
  if (callee?.kind === "attribute") return callee.child("attribute")?.text ?? "";
  return callee?.kind === "identifier" ? callee.text : "";
}
