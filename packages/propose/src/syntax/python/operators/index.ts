import { ARGUMENT_OPERATORS } from "./argument.ts";
import { ARITHMETIC_OPERATORS } from "./arithmetic.ts";
import { ASYNCHRONOUS_OPERATORS } from "./asynchronous.ts";
import { BRANCH_OPERATORS } from "./branch.ts";
import { BOUND_OPERATORS } from "./bound.ts";
import { COMPARISON_OPERATORS } from "./comparison.ts";
import { CONDITION_OPERATORS } from "./condition.ts";
import { CONSTANT_OPERATORS } from "./constant.ts";
import { CONTROL_OPERATORS } from "./control.ts";
import { COPY_OPERATORS } from "./copy.ts";
import { EXCEPTION_OPERATORS } from "./exception.ts";
import { GROUPING_OPERATORS } from "./grouping.ts";
import { GUARD_OPERATORS } from "./guard.ts";
import { INITIAL_OPERATORS } from "./initial.ts";
import { LOOP_OPERATORS } from "./loop.ts";
import { LOOKUP_OPERATORS } from "./lookup.ts";
import { METHOD_OPERATORS } from "./method.ts";
import type { Operator } from "./operator.ts";
import { PROPERTY_OPERATORS } from "./property.ts";
import { SLICE_OPERATORS } from "./slice.ts";
import { RECURSION_OPERATORS } from "./recursion.ts";
import { STATEMENT_OPERATORS } from "./statement.ts";
import { VARIABLE_OPERATORS } from "./variable.ts";
import { WRAPPING_OPERATORS } from "./wrapping.ts";

const FAMILIES: readonly Operator[] = [
  ...COMPARISON_OPERATORS,
  ...CONDITION_OPERATORS,
  ...ARITHMETIC_OPERATORS,
  ...GROUPING_OPERATORS,
  ...INITIAL_OPERATORS,
  ...BOUND_OPERATORS,
  ...SLICE_OPERATORS,
  ...LOOP_OPERATORS,
  ...CONSTANT_OPERATORS,
  ...PROPERTY_OPERATORS,
  ...METHOD_OPERATORS,
  ...LOOKUP_OPERATORS,
  ...ARGUMENT_OPERATORS,
  ...COPY_OPERATORS,
  ...VARIABLE_OPERATORS,
  ...WRAPPING_OPERATORS,
  ...ASYNCHRONOUS_OPERATORS,
  ...CONTROL_OPERATORS,
  ...BRANCH_OPERATORS,
  ...EXCEPTION_OPERATORS,
  ...STATEMENT_OPERATORS,
  ...RECURSION_OPERATORS,
  ...GUARD_OPERATORS,
];

/** Operators that put one whole thing in the place of another: what they make often has a more telling name. */
const GENERAL: ReadonlySet<string> = new Set([
  "replace-expression",
  "access-property",
  "replace-with-variable",
  "replace-condition",
  "add-operand",
  "replace-variable-throughout",
  "move-statement",
  "replace-statement",
]);

/**
 * Every repair operator for Python. Where two operators make the same text, the one that stands earlier here names it,
 * so the general ones stand last.
 */
export const PYTHON_OPERATORS: readonly Operator[] = [
  ...FAMILIES.filter((operator) => !GENERAL.has(operator.id)),
  ...FAMILIES.filter((operator) => GENERAL.has(operator.id)),
];

interface Ranked {
  readonly operator: Operator;
  /** Place in the table. */
  readonly rank: number;
}

const byKind = new Map<string, Ranked[]>();
for (const [rank, operator] of PYTHON_OPERATORS.entries()) {
  for (const kind of new Set(operator.kinds)) {
    const known = byKind.get(kind) ?? [];
    known.push({ operator, rank });
    byKind.set(kind, known);
  }
}

/** The operators that look at nodes of a kind, in the order of the table. */
export function operatorsFor(kind: string): readonly Ranked[] {
  return byKind.get(kind) ?? [];
}
