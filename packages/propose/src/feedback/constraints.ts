import { kindOf } from "./differences.ts";

/** A call with its result, or the error it throws; values as JSON with tags. */
export interface ObservedCall {
  readonly call: string;
  readonly args: readonly unknown[];
  /** Left out when it threw, or gave no answer. */
  readonly returns?: unknown;
  readonly throws?: string;
  /** It did not come to an end, or took its process down. */
  readonly ended?: true;
}

export const CONSTRAINTS = [
  "ends",
  "throws-only",
  "kind",
  "never-negative",
  "integers",
  "sorted",
  "length-preserved",
  "length-at-most",
  "elements-of",
  "same-keys",
  "lower-case",
] as const;
export type ConstraintKind = (typeof CONSTRAINTS)[number];

/** Something that holds for every result of a function, in a sentence and as a test. */
export interface Constraint {
  readonly kind: ConstraintKind;
  readonly call: string;
  readonly says: string;
  holds(observed: ObservedCall): boolean;
}

/**
 * What all right results of a function have in common: it returns a list, never a negative number, one element for each of the argument's … Single
 * results cannot be read back from it. Each function named in `calls` is looked at on its own.
 */
export function mineConstraints(calls: readonly ObservedCall[]): Constraint[] {
  return [...Map.groupBy(calls, ({ call }) => call)].flatMap(([call, own]) => ofFunction(call, own));
}

/** Constraints that a call's own result breaks. Those of other functions hold. */
export function brokenBy(constraints: readonly Constraint[], observed: ObservedCall): Constraint[] {
  return constraints.filter((each) => each.call === observed.call && !each.holds(observed));
}

function ofFunction(call: string, calls: readonly ObservedCall[]): Constraint[] {
  const found: Constraint[] = [];
  const errors = new Set(calls.flatMap(({ throws }) => throws ?? []));
  const add = (kind: ConstraintKind, says: string, holds: (observed: ObservedCall) => boolean): void =>
    void found.push({ kind, call, says, holds });
  add("ends", `${call} comes to an end`, ({ ended }) => ended !== true);
  add(
    "throws-only",
    errors.size === 0 ? `${call} throws nothing` : `${call} throws nothing but ${[...errors].join(", ")}`,
    ({ throws }) => throws === undefined || errors.has(throws),
  );
  const results = calls.filter((each) => Object.hasOwn(each, "returns"));
  for (const [kind, says, test] of TESTS) {
    if (results.length < 2 || !results.every((each) => test(each) === true)) continue;
    add(kind, `${call}: ${says}`, (observed) => !Object.hasOwn(observed, "returns") || test(observed) !== false);
  }
  const kinds = new Set(results.map(({ returns }) => kindOf(returns)));
  if (results.length > 0)
    add(
      "kind",
      `${call} returns ${[...kinds].join(" or ")}`,
      (observed) => !Object.hasOwn(observed, "returns") || kinds.has(kindOf(observed.returns)),
    );
  const arity = Math.min(...results.map(({ args }) => args.length));
  for (let i = 0; i < arity; i += 1)
    for (const [kind, says, test] of TESTS_OF_ARGUMENT) {
      if (results.length < 2 || !results.every(({ args, returns }) => test(args[i], returns) === true)) continue;
      add(
        kind,
        `${call}: ${says} argument ${i + 1}`,
        (observed) => !Object.hasOwn(observed, "returns") || test(observed.args[i], observed.returns) !== false,
      );
      // What is as long is also no longer.
      if (kind === "length-preserved") break;
    }
  const keys = new Set(results.map(({ returns }) => keysOf(returns)));
  const [only] = keys;
  if (results.length > 1 && keys.size === 1 && only !== undefined && only !== null)
    add("same-keys", `${call} returns an object with ${only}`, ({ returns }) => {
      const own = keysOf(returns);
      return own === null || own === only;
    });
  return found;
}

/** True, false, or null where the question makes no sense for the value. */
type Answer = boolean | null;

const TESTS: readonly (readonly [ConstraintKind, string, (observed: ObservedCall) => Answer])[] = [
  ["never-negative", "never negative", ({ returns }) => ofNumbers(returns, (value) => value >= 0)],
  ["integers", "whole numbers", ({ returns }) => ofNumbers(returns, Number.isInteger)],
  ["sorted", "in ascending order", ({ returns }) => isSorted(returns)],
  [
    "lower-case",
    "no capital letters",
    ({ returns }) =>
      typeof returns === "string" && returns !== returns.toUpperCase() ? returns === returns.toLowerCase() : null,
  ],
];

const TESTS_OF_ARGUMENT: readonly (readonly [
  ConstraintKind,
  string,
  (argument: unknown, returns: unknown) => Answer,
])[] = [
  ["length-preserved", "as long as", (argument, returns) => compareLengths(argument, returns, (a, b) => a === b)],
  ["length-at-most", "no longer than", (argument, returns) => compareLengths(argument, returns, (a, b) => b <= a)],
  ["elements-of", "only elements of", isPartOf],
];

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return Array.isArray(value) ? value.flatMap(numbersIn) : [];
}

function ofNumbers(value: unknown, test: (value: number) => boolean): Answer {
  const numbers = numbersIn(value);
  return numbers.length === 0 ? null : numbers.every(test);
}

function isSorted(value: unknown): Answer {
  if (!Array.isArray(value) || value.length < 2) return null;
  const sortable = value.every((each) => typeof each === "number") || value.every((each) => typeof each === "string");
  return sortable ? value.every((each, i) => i === 0 || (value[i - 1] as typeof each) <= each) : null;
}

function lengthOf(value: unknown): number | null {
  return typeof value === "string" || Array.isArray(value) ? value.length : null;
}

function compareLengths(argument: unknown, returns: unknown, test: (a: number, b: number) => boolean): Answer {
  const [a, b] = [lengthOf(argument), lengthOf(returns)];
  return a === null || b === null || typeof argument !== typeof returns ? null : test(a, b);
}

function isPartOf(argument: unknown, returns: unknown): Answer {
  if (!Array.isArray(argument) || !Array.isArray(returns) || returns.length === 0) return null;
  const known = new Set(argument.map((each) => JSON.stringify(each)));
  return returns.every((each) => known.has(JSON.stringify(each)));
}

function keysOf(value: unknown): string | null {
  return kindOf(value) === "object"
    ? Object.keys(value as object)
        .toSorted()
        .join(", ")
    : null;
}
