import { PythonFile } from "../../syntax/python/file.ts";
import type { SyntaxNode } from "../../syntax/python/tree.ts";
import type { PlacedEdit } from "../operator.ts";
import { lookupOperators } from "./lookups.ts";
import { loopOperators } from "./loops.ts";
import type { PythonOperator } from "./site.ts";
import { valueOperators } from "./values.ts";

export const PYTHON_OPERATORS: readonly PythonOperator[] = [...lookupOperators, ...loopOperators, ...valueOperators];

/** Every speed edit of a Python text, in source order. `root` is the tree of the text. */
export function* pythonEdits(source: string, path: string, root: SyntaxNode): Generator<PlacedEdit> {
  const file = new PythonFile({ source, path }, root, []);
  for (const node of root.walk()) {
    if (!node.named) continue;
    for (const operator of PYTHON_OPERATORS) {
      if (!operator.kinds.includes(node.kind)) continue;
      for (const { replacements, weight = 1 } of operator.edits(node, file))
        yield { operator: operator.id, line: node.line, replacements, weight };
    }
  }
}
