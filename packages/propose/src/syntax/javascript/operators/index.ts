import type { Node } from "../ast.ts";
import type { Operator } from "../operator.ts";
import { asynchronyEdits } from "./asynchrony.ts";
import { boundaryEdits } from "./boundaries.ts";
import { branchEdits } from "./branches.ts";
import { argumentEdits } from "./call-arguments.ts";
import { callEdits } from "./calls.ts";
import { conditionEdits } from "./conditions.ts";
import { constantEdits } from "./constants.ts";
import { controlEdits } from "./control.ts";
import { copyEdits } from "./copies.ts";
import { exceptionEdits } from "./exceptions.ts";
import { guardEdits } from "./guards.ts";
import { loopEdits } from "./loops.ts";
import { methodEdits } from "./methods.ts";
import { operatorSwaps } from "./operator-swaps.ts";
import { precedenceEdits } from "./precedence-edits.ts";
import { regularExpressionEdits } from "./regular-expressions.ts";
import { sortingEdits } from "./sorting.ts";
import { statementEdits } from "./statements.ts";
import { valueEdits } from "./values.ts";
import { variableEdits } from "./variables.ts";

/** Every repair operator for JavaScript and TypeScript. When two write the same text, the one with more weight has it, then the earlier. */
export const OPERATORS: readonly Operator[] = [
  ...operatorSwaps,
  ...precedenceEdits,
  ...constantEdits,
  ...conditionEdits,
  ...loopEdits,
  ...boundaryEdits,
  ...methodEdits,
  ...callEdits,
  ...regularExpressionEdits,
  ...sortingEdits,
  ...asynchronyEdits,
  ...variableEdits,
  ...argumentEdits,
  ...copyEdits,
  ...valueEdits,
  ...branchEdits,
  ...exceptionEdits,
  ...controlEdits,
  ...guardEdits,
  ...statementEdits,
];

const byType = new Map<Node["type"], Operator[]>();
for (const operator of OPERATORS) {
  for (const kind of operator.kinds) byType.set(kind, [...(byType.get(kind) ?? []), operator]);
}

/** The operators that look at nodes of this type, in order. */
export function operatorsFor(type: Node["type"]): readonly Operator[] {
  return byType.get(type) ?? [];
}
