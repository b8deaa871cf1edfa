import { meanOf, summary } from "@pawl/core";
import type { Inequality, Row } from "./system.ts";

/** Rows of one arm with one seed. */
export interface ArmRun {
  readonly arm: string;
  readonly seed: number;
  readonly rows: readonly Row[];
}

export interface Settled {
  readonly inequality: string;
  /** Mean over the seeds; null when nothing was measured. */
  readonly estimate: number | null;
  /** Standard error over the seeds; null with fewer than two. */
  readonly standardError: number | null;
  /** One value for each seed both arms have, in the order of the seeds; null for a ratio whose divisor is 0. */
  readonly perSeed: readonly { readonly seed: number; readonly value: number | null }[];
  /** Null when nothing was measured, or the divisor of a ratio is 0 with every seed. */
  readonly holds: boolean | null;
  /** The margin is that of no effect, and the mean is no more than two standard errors away from it. */
  readonly mayBeChance: boolean;
}

/** How many standard errors a difference must be away from none. */
const STANDARD_ERRORS = 2;

/**
 * Whether an inequality holds: the mean over the seeds keeps the margin, and where the margin asks for an effect (more than no difference, more
 * than a ratio of one) the mean is more than two standard errors away from no effect. Pairs are matched by seed and task. A ratio is that of the
 * sums over the seeds, its standard error by linearisation (Cochran, Sampling Techniques, 1977, 6.3): a mean of ratios favours the numerator, and has no value
 * where one divisor is 0.
 */
export function settle(inequality: Inequality, runs: readonly ArmRun[]): Settled {
  const { id, left, right, compare = "difference", atLeast, atMost } = inequality;
  if (atLeast === undefined && atMost === undefined) throw new RangeError(`inequality '${id}' has no margin`);
  const pairs = seedsOf(runs, left).flatMap((seed) => {
    const pair = pairOf(inequality, rowsOf(runs, left, seed), right === undefined ? null : rowsOf(runs, right, seed));
    return pair === null ? [] : [{ seed, pair }];
  });
  const isRatio = right !== undefined && compare === "ratio";
  const valueOf = ([one, other]: Pair): number | null => (!isRatio ? one - other : other === 0 ? null : one / other);
  const perSeed = pairs.map(({ seed, pair }) => ({ seed, value: valueOf(pair) }));
  const found = (isRatio ? ratio : difference)(pairs.map(({ pair }) => pair));
  if (found === null)
    return { inequality: id, estimate: null, standardError: null, perSeed, holds: null, mayBeChance: false };
  const { estimate, standardError } = found;
  const none = right === undefined ? null : isRatio ? 1 : 0;
  const clear = none === null || Math.abs(estimate - none) > STANDARD_ERRORS * (standardError ?? Infinity);
  const above = atLeast === undefined || (estimate >= atLeast && (none === null || atLeast <= none || clear));
  const below = atMost === undefined || (estimate <= atMost && (none === null || atMost >= none || clear));
  const asksForNone = none !== null && (atLeast === none || atMost === none);
  return {
    inequality: id,
    estimate,
    standardError,
    perSeed,
    holds: above && below,
    mayBeChance: asksForNone && !clear,
  };
}

/** What the two arms have with a seed; where there is one arm, 0 is the other. */
type Pair = readonly [left: number, right: number];
type Estimate = Pick<Settled, "standardError"> & { readonly estimate: number };

function difference(pairs: readonly Pair[]): Estimate | null {
  if (pairs.length === 0) return null;
  const { mean, standardError } = summary(pairs.map(([one, other]) => one - other));
  return { estimate: mean, standardError: pairs.length < 2 ? null : standardError };
}

function ratio(pairs: readonly Pair[]): Estimate | null {
  if (pairs.every(([, other]) => other === 0)) return null;
  const divisor = meanOf(pairs.map(([, other]) => other));
  const estimate = meanOf(pairs.map(([one]) => one)) / divisor;
  const { standardError } = summary(pairs.map(([one, other]) => (one - estimate * other) / divisor));
  return { estimate, standardError: pairs.length < 2 ? null : standardError };
}

export type Outcome = "reproduced" | "not reproduced" | "precondition failed" | "reported only";

/** The word for a system: every gated inequality of the claim holds, and before that every precondition. Null when something was not measured. */
export function outcomeOf(
  preconditions: readonly Settled[],
  claim: readonly { readonly settled: Settled; readonly gated: boolean }[],
): Outcome | null {
  const gated = claim.filter((each) => each.gated);
  if ([...preconditions, ...gated.map(({ settled }) => settled)].some(({ holds }) => holds === null)) return null;
  if (preconditions.some(({ holds }) => holds === false)) return "precondition failed";
  if (gated.length === 0) return "reported only";
  return gated.every(({ settled }) => settled.holds === true) ? "reproduced" : "not reproduced";
}

function seedsOf(runs: readonly ArmRun[], arm: string): readonly number[] {
  return [...new Set(runs.filter((run) => run.arm === arm).map(({ seed }) => seed))].toSorted((a, b) => a - b);
}

function rowsOf(runs: readonly ArmRun[], arm: string, seed: number): readonly Row[] | undefined {
  return runs.find((run) => run.arm === arm && run.seed === seed)?.rows;
}

/** Null when an arm was not run with this seed, or has no task in common with the other. */
function pairOf(
  { metric, aggregate = "mean", tasks = () => true }: Inequality,
  left: readonly Row[] | undefined,
  right: readonly Row[] | undefined | null,
): Pair | null {
  if (left === undefined || right === undefined) return null;
  const of = (rows: readonly Row[]): Map<string, number> =>
    new Map(
      rows.flatMap(({ task, values }) => {
        const value = values[metric];
        return value === undefined || value === null || !tasks(task) ? [] : [[task, value] as const];
      }),
    );
  const a = of(left);
  const b = right === null ? a : of(right);
  const shared = [...a.keys()].filter((task) => b.has(task));
  const sumOf = (values: ReadonlyMap<string, number>): number | null =>
    collect(
      shared.map((task) => values.get(task) as number),
      aggregate,
    );
  const [one, other] = [sumOf(a), right === null ? 0 : sumOf(b)];
  return one === null || other === null || !Number.isFinite(one - other) ? null : [one, other];
}

function collect(values: readonly number[], aggregate: Inequality["aggregate"]): number | null {
  if (values.length === 0) return null;
  if (aggregate === "max") return Math.max(...values);
  const sum = values.reduce((total, value) => total + value, 0);
  return aggregate === "sum" ? sum : sum / values.length;
}
