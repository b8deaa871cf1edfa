import { bootstrapInterval, Rng, type Candidate, type Target } from "@pawl/core";
import { growthOf, type Growth, type SpeedCheck, type TimedGroup, type TimingPlan } from "@pawl/verify";

/** Fresh pairs of base and result that are reported. */
const REPORT_PAIRS = 7;
/** Sizes of the growth measurement, as shares of the timed size. */
const SHARES = [1 / 8, 1 / 4, 1 / 2, 1] as const;
const GROWTH_RUNS = 2;
/** Fresh calls on which the result is compared with the base before it is reported. */
const LAST_CALLS = 1000;

/** CPU milliseconds of one distribution before and after. */
export interface DistributionTime {
  readonly name: string;
  readonly size: number;
  readonly before: number;
  readonly after: number;
}

export interface MeasuredSpeed {
  readonly distributions: readonly DistributionTime[];
  /** Time before over time after, of each pair. */
  readonly ratios: readonly number[];
  readonly growth: { readonly before: Growth | null; readonly after: Growth | null };
}

/** The last word on a result. */
export interface FinalSpeed {
  readonly measured: MeasuredSpeed;
  /** Fresh calls on which it was compared with the base. */
  readonly calls: number;
  /** How it behaves differently after all; null when it does not. */
  readonly difference: string | null;
}

/** Compares the result with the base on fresh calls, and measures both again. */
export async function lastWord(
  check: SpeedCheck,
  target: Target,
  best: Candidate,
  plan: TimingPlan,
  signal: AbortSignal,
): Promise<FinalSpeed> {
  const { calls, difference } = await check.compareFresh(target.filesOf(best), "final", LAST_CALLS, signal);
  const measured = await measureSpeed(check, target, best, plan, signal);
  return { measured, calls, difference: difference === null ? null : difference.message };
}

/**
 * What was selected by its time is measured again before it is reported: base and result by turns, each in a fresh process, and every
 * pair on inputs that the search never saw.
 */
async function measureSpeed(
  check: SpeedCheck,
  target: Target,
  best: Candidate,
  plan: TimingPlan,
  signal: AbortSignal,
): Promise<MeasuredSpeed> {
  const versions = [{}, target.filesOf(best)] as const;
  const sums = plan.groups.map(() => [0, 0]);
  const ratios: number[] = [];
  for (let pair = 0; pair < REPORT_PAIRS; pair++) {
    const totals = [0, 0];
    // Who goes first alternates, so that a drift of the machine favours nobody.
    for (const side of pair % 2 === 0 ? [0, 1] : [1, 0]) {
      const times = await check.time(versions[side as 0 | 1], plan.groups, plan.seed + 1 + pair, signal);
      times.forEach((time, i) => {
        (sums[i] as number[])[side] = ((sums[i] as number[])[side] as number) + time / REPORT_PAIRS;
        totals[side] = (totals[side] as number) + time;
      });
    }
    ratios.push((totals[0] as number) / Math.max(totals[1] as number, 0.01));
  }
  return {
    distributions: plan.groups.map(({ distribution, size }, i) => ({
      name: distribution,
      size,
      before: (sums[i] as number[])[0] as number,
      after: (sums[i] as number[])[1] as number,
    })),
    ratios,
    growth: {
      before: await growth(check, versions[0], plan.groups, plan.seed, signal),
      after: await growth(check, versions[1], plan.groups, plan.seed, signal),
    },
  };
}

async function growth(
  check: SpeedCheck,
  files: Parameters<SpeedCheck["time"]>[0],
  groups: readonly TimedGroup[],
  seed: number,
  signal: AbortSignal,
): Promise<Growth | null> {
  const points: { level: string; size: number; cpuMs: number }[] = [];
  const all = groups.flatMap((group) =>
    SHARES.map((share) => ({ ...group, size: Math.max(1, Math.round(group.size * share)) })),
  );
  for (let run = 0; run < GROWTH_RUNS; run++) {
    const times = await check.time(files, all, seed + 1000 + run, signal);
    times.forEach((cpuMs, i) => {
      const { distribution, size } = all[i] as TimedGroup;
      points.push({ level: distribution, size, cpuMs });
    });
  }
  return growthOf(points);
}

/** Geometric mean with its 95 % bootstrap interval. */
export function ratioOf(ratios: readonly number[]): {
  readonly ratio: number;
  readonly interval: readonly [number, number];
} {
  const logs = ratios.map(Math.log);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const { low, high } = bootstrapInterval(logs, mean, { rng: Rng.of(0, "ratio") });
  return { ratio: Math.exp(mean(logs)), interval: [Math.exp(low), Math.exp(high)] };
}
