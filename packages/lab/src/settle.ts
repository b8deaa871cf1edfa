import { summary } from "@pawl/core";
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
  /** One value for each seed both arms have, in the order of the seeds. */
  readonly perSeed: readonly { readonly seed: number; readonly value: number }[];
  /** Null when nothing was measured. */
  readonly holds: boolean | null;
}

/** How many standard errors a difference must be away from none. */
const STANDARD_ERRORS = 2;

/**
 * Whether an inequality holds: the mean over the seeds keeps the margin, and where the margin asks for an effect (more than no difference, more
 * than a ratio of one) the mean is more than two standard errors away from no effect. Pairs are matched by seed and task.
 */
export function settle(inequality: Inequality, runs: readonly ArmRun[]): Settled {
  const { id, left, right, compare = "difference", atLeast, atMost } = inequality;
  if (atLeast === undefined && atMost === undefined) throw new RangeError(`inequality '${id}' has no margin`);
  const perSeed = seedsOf(runs, left).flatMap((seed) => {
    const value = valueOf(inequality, rowsOf(runs, left, seed), right === undefined ? null : rowsOf(runs, right, seed));
    return value === null || !Number.isFinite(value) ? [] : [{ seed, value }];
  });
  const values = perSeed.map(({ value }) => value);
  if (values.length === 0) return { inequality: id, estimate: null, standardError: null, perSeed, holds: null };
  const { mean: estimate, standardError: spread } = summary(values);
  const standardError = values.length < 2 ? null : spread;
  const none = right === undefined ? null : compare === "ratio" ? 1 : 0;
  const clear = none === null || Math.abs(estimate - none) > STANDARD_ERRORS * (standardError ?? Infinity);
  const above = atLeast === undefined || (estimate >= atLeast && (none === null || atLeast <= none || clear));
  const below = atMost === undefined || (estimate <= atMost && (none === null || atMost >= none || clear));
  return { inequality: id, estimate, standardError, perSeed, holds: above && below };
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
function valueOf(
  { metric, compare = "difference", aggregate = "mean", tasks = () => true }: Inequality,
  left: readonly Row[] | undefined,
  right: readonly Row[] | undefined | null,
): number | null {
  if (left === undefined || right === undefined) return null;
  const of = (rows: readonly Row[]): Map<string, number> =>
    new Map(
      rows.flatMap(({ task, values }) => {
        const value = values[metric];
        return value === undefined || value === null || !tasks(task) ? [] : [[task, value] as const];
      }),
    );
  const a = of(left);
  if (right === null) return collect([...a.values()], aggregate);
  const b = of(right);
  const shared = [...a.keys()].filter((task) => b.has(task));
  const one = collect(
    shared.map((task) => a.get(task) as number),
    aggregate,
  );
  const other = collect(
    shared.map((task) => b.get(task) as number),
    aggregate,
  );
  if (one === null || other === null) return null;
  return compare === "ratio" ? one / other : one - other;
}

function collect(values: readonly number[], aggregate: Inequality["aggregate"]): number | null {
  if (values.length === 0) return null;
  if (aggregate === "max") return Math.max(...values);
  const sum = values.reduce((total, value) => total + value, 0);
  return aggregate === "sum" ? sum : sum / values.length;
}
