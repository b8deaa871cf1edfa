import type { EditWeights, FaultClass, Verdict } from "@pawl/core";
import { differencesOf, type Difference } from "./differences.ts";

type Row = Readonly<Partial<Record<FaultClass, number>>>;

/**
 * What a difference speaks for, in nats: written down from what a fault of each kind does to a result (a bound that is one off makes a list one element
 * longer or shorter; a lost `return` gives nothing), not counted on any task.
 */
const SPEAKS_FOR: Readonly<Record<Difference, Row>> = {
  "does-not-end": {
    "loop-kind": 1,
    "loop-direction": 1,
    "recursion-base": 1,
    "missing-break-continue": 1,
    "missing-statement": 0.7,
    "comparison-operator": 0.5,
    "condition-negated": 0.5,
    "arithmetic-operator": 0.5,
  },
  "does-not-load": { "wrong-variable": 1, "missing-statement": 0.5, "statement-order": 1, "wrong-property": 0.5 },
  "type-error": {
    "missing-guard": 1,
    "wrong-property": 1,
    "wrong-method": 0.7,
    "argument-order": 0.7,
    "wrong-argument": 0.7,
    "missing-await": 0.5,
    "type-conversion": 0.7,
    boundary: 0.5,
    "recursion-base": 0.5,
    "condition-negated": 0.5,
  },
  "reference-error": { "wrong-variable": 1.2, "statement-order": 1, "missing-statement": 0.7 },
  "range-error": {
    boundary: 1,
    "string-array-boundary": 0.7,
    "missing-guard": 1,
    "recursion-base": 1,
    "comparison-operator": 0.5,
    constant: 0.4,
  },
  "other-error": { "exception-handling": 1, "condition-negated": 0.6, "condition-extra": 0.6, "missing-guard": 0.5 },
  "does-not-throw": {
    "missing-guard": 1.2,
    "exception-handling": 1,
    "condition-missing": 0.8,
    "comparison-operator": 0.8,
    "logical-operator": 0.8,
    "condition-negated": 0.5,
  },
  "changes-arguments": { "missing-copy": 2, "wrong-method": 0.7 },
  nothing: { "missing-return": 1.2, "extra-return": 0.5, "recursion-base": 0.6, "missing-guard": 0.5, boundary: 0.5 },
  "other-type": { "type-conversion": 1.2, "missing-await": 1, "wrong-method": 0.5, "initial-value": 0.5 },
  negated: {
    "condition-negated": 1,
    "comparison-operator": 0.7,
    "logical-operator": 0.7,
    "swapped-branches": 0.7,
    constant: 0.4,
    "condition-missing": 0.4,
    "condition-extra": 0.4,
  },
  sign: { "arithmetic-operator": 1, "argument-order": 1, constant: 0.3 },
  "off-by-one": {
    boundary: 0.8,
    constant: 0.8,
    "initial-value": 0.8,
    "comparison-operator": 0.8,
    "arithmetic-operator": 0.5,
    "loop-direction": 0.3,
  },
  larger: { "arithmetic-operator": 0.5, "initial-value": 0.4, constant: 0.4, "missing-guard": 0.2 },
  smaller: { "arithmetic-operator": 0.5, "initial-value": 0.4, constant: 0.4, "extra-return": 0.3 },
  fraction: { "type-conversion": 0.8, "wrong-method": 0.8, "missing-call": 0.8, "arithmetic-operator": 0.6 },
  reversed: { "loop-direction": 1, "argument-order": 1, "wrong-method": 0.8, "comparison-operator": 0.5 },
  order: {
    "comparison-operator": 0.8,
    "statement-order": 0.7,
    "argument-order": 0.7,
    "wrong-property": 0.4,
    "arithmetic-operator": 0.4,
    "type-conversion": 0.4,
  },
  "one-longer": {
    boundary: 0.8,
    "comparison-operator": 0.8,
    "string-array-boundary": 0.8,
    "condition-missing": 0.6,
    constant: 0.4,
  },
  "one-shorter": {
    boundary: 0.8,
    "comparison-operator": 0.8,
    "string-array-boundary": 0.8,
    "missing-statement": 0.6,
    "condition-extra": 0.6,
    "extra-return": 0.4,
    "initial-value": 0.4,
  },
  longer: { "condition-missing": 0.6, "extra-statement": 0.5, "missing-break-continue": 0.6, "logical-operator": 0.4 },
  shorter: {
    "condition-extra": 0.6,
    "missing-statement": 0.6,
    "extra-return": 0.6,
    "missing-break-continue": 0.3,
    "logical-operator": 0.4,
  },
  "letter-case": { "missing-call": 1.2, "wrong-method": 1 },
  "other-text": { constant: 0.5, "wrong-variable": 0.5, "wrong-property": 0.4, "argument-order": 0.4 },
};

/**
 * The level of self-debugging that is told the failing tests with actual and expected results: how these differ (type, sign, offset, length …) as
 * weights of kinds of repairs. Undefined when the verdict says nothing of that sort.
 */
export function testsWeights(verdict: Verdict): EditWeights | undefined {
  const byFaultClass: Partial<Record<FaultClass, number>> = {};
  for (const [difference, share] of differencesOf(verdict))
    for (const [kind, weight] of Object.entries(SPEAKS_FOR[difference]) as [FaultClass, number][])
      byFaultClass[kind] = (byFaultClass[kind] ?? 0) + share * weight;
  return Object.keys(byFaultClass).length === 0 ? undefined : { byFaultClass: byFaultClass as Record<string, number> };
}
