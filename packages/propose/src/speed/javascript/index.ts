import { type Node } from "../../syntax/javascript/ast.ts";
import { SourceFile } from "../../syntax/javascript/source-file.ts";
import type { PlacedEdit } from "../operator.ts";
import { arrayOperators } from "./arrays.ts";
import { callOperators } from "./calls.ts";
import { lookupOperators } from "./lookups.ts";
import { loopOperators } from "./loops.ts";
import type { JavaScriptOperator } from "./site.ts";

export const JAVASCRIPT_OPERATORS: readonly JavaScriptOperator[] = [
  ...lookupOperators,
  ...loopOperators,
  ...arrayOperators,
  ...callOperators,
];

/** Every speed edit of a JavaScript or TypeScript text, in source order; none when it does not parse. */
export function* javascriptEdits(source: string, path: string): Generator<PlacedEdit> {
  const file = SourceFile.parse(source, path);
  if (file === null) return;
  for (const node of file.nodes)
    for (const operator of operatorsFor(node)) {
      for (const { replacements, weight = 1 } of operator.edits(node, file))
        yield { operator: operator.id, line: file.lineOf(node.start), replacements, weight };
    }
}

function operatorsFor(node: Node): readonly JavaScriptOperator[] {
  return JAVASCRIPT_OPERATORS.filter((operator) => operator.kinds.includes(node.type));
}
