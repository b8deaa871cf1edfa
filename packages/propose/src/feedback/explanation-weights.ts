import type { EditWeights, FaultClass } from "@pawl/core";
import type { Languages } from "../syntax/languages.ts";
import type { Constraint, ConstraintKind } from "./constraints.ts";
import { rolesOf, type Role } from "./roles.ts";

interface Suspect {
  readonly roles: readonly Role[];
  readonly kinds: readonly FaultClass[];
}

/** Which part of a program answers for a constraint: a result that is too long comes from a loop that runs on, or a guard that lets too much through. */
const ANSWERS_FOR: Readonly<Record<ConstraintKind, Suspect>> = {
  ends: {
    roles: ["loop-bound", "base-case", "accumulator"],
    kinds: ["loop-kind", "recursion-base", "missing-statement", "comparison-operator", "loop-direction"],
  },
  "throws-only": {
    roles: ["guard", "base-case", "loop-bound"],
    kinds: ["missing-guard", "boundary", "recursion-base", "wrong-property", "condition-negated", "exception-handling"],
  },
  kind: { roles: ["result"], kinds: ["missing-return", "type-conversion", "wrong-method", "missing-await"] },
  "never-negative": {
    roles: ["accumulator", "initial-value"],
    kinds: ["arithmetic-operator", "argument-order", "initial-value"],
  },
  integers: { roles: ["result", "accumulator"], kinds: ["missing-call", "wrong-method", "arithmetic-operator"] },
  sorted: { roles: ["result"], kinds: ["comparison-operator", "argument-order", "missing-call", "loop-direction"] },
  "length-preserved": {
    roles: ["loop-bound", "accumulator", "guard"],
    kinds: ["boundary", "comparison-operator", "missing-statement", "condition-extra", "condition-missing"],
  },
  "length-at-most": { roles: ["loop-bound", "guard"], kinds: ["boundary", "comparison-operator", "condition-missing"] },
  "elements-of": {
    roles: ["accumulator", "loop-bound"],
    kinds: ["boundary", "wrong-variable", "string-array-boundary"],
  },
  "same-keys": { roles: ["result"], kinds: ["missing-return", "wrong-property", "swapped-branches"] },
  "lower-case": { roles: ["result", "accumulator"], kinds: ["missing-call", "wrong-method"] },
};

const BY_ROLE = 0.8;
const BY_KIND = 0.6;

/**
 * The level of self-debugging that needs no pass or fail: what the code does by the roles of its lines, held against what its results should have in
 * common. Undefined when no constraint is broken.
 */
export function explanationWeights(
  languages: Languages,
  sources: Readonly<Record<string, string>>,
  broken: readonly Constraint[],
): EditWeights | undefined {
  if (broken.length === 0) return undefined;
  const byLine: Record<string, number> = {};
  const byFaultClass: Record<string, number> = {};
  const roles = Object.entries(sources).flatMap(([path, source]) =>
    rolesOf(languages, source, path).map((each) => ({ ...each, path })),
  );
  for (const { kind } of broken) {
    const suspect = ANSWERS_FOR[kind];
    for (const each of suspect.kinds) byFaultClass[each] = (byFaultClass[each] ?? 0) + BY_KIND / broken.length;
    for (const { role, path, line } of roles)
      if (suspect.roles.includes(role))
        byLine[`${path}:${line}`] = (byLine[`${path}:${line}`] ?? 0) + BY_ROLE / broken.length;
  }
  return { byLine, byFaultClass };
}
