import { bootstrapInterval, meanOf, Rng, wilsonInterval } from "@pawl/core";
import type { RecordedRun } from "./runs-file.ts";
import { valueAt, type CompareArm, type CompareWorld } from "./world.ts";

export interface Estimate {
  readonly mean: number;
  /** 95 % bootstrap interval; null with fewer than two tasks and two seeds. */
  readonly interval: readonly [low: number, high: number] | null;
}

export interface ArmReport {
  readonly arm: string;
  readonly search: string;
  readonly proposer: string;
  /** The A/A control: what lies between it and the first arm is chance. */
  readonly again: boolean;
  /** Share of the tasks solved, or the best score reached; at the end of the budget. */
  readonly reached: Estimate;
  /** Mean over the whole budget of what was reached: earlier is better. */
  readonly area: Estimate;
  /** Differences to the first arm, paired by task and seed; null for the first arm itself. */
  readonly against: { readonly reached: Estimate; readonly area: Estimate } | null;
  /** Solved: share that had an answer, right or wrong. Score: mean on what the search never saw; null when nothing was held out. */
  readonly answered: number | null;
  /** What was reached on average, at each number of evaluations in `grid`. */
  readonly curve: readonly number[];
  /** Candidates evaluated and seconds, on average over the runs. Repairs remember what another arm has executed: their seconds are no measure. */
  readonly evaluations: number;
  readonly seconds: number;
}

export interface CompareReport {
  readonly world: string;
  readonly title: string;
  readonly measure: "solved" | "score";
  readonly budget: number;
  readonly tasks: number;
  /** Pairs of a task and a seed that every arm has, of those asked for. */
  readonly pairs: { readonly measured: number; readonly wanted: number };
  readonly grid: readonly number[];
  readonly arms: readonly ArmReport[];
}

export interface Pair {
  readonly task: string;
  readonly seed: number;
  /** In the order of the arms; undefined where nothing is on record. */
  readonly runs: readonly (RecordedRun | undefined)[];
}

export interface Compared {
  readonly world: Pick<CompareWorld, "id" | "title" | "measure">;
  readonly arms: readonly CompareArm[];
  readonly evaluations: number;
  readonly pairs: readonly Pair[];
}

const POINTS = 60;
const RESAMPLES = 2000;

/**
 * Means, curves and intervals over the pairs that every arm has. What is drawn anew are the tasks, each with all its seeds, for it is the tasks
 * that one wants to generalise over; with a single task it is the seeds.
 */
export function reportOfRuns({ world, arms, evaluations, pairs }: Compared): CompareReport {
  const whole = pairs.filter((pair): pair is Pair & { runs: readonly RecordedRun[] } => !pair.runs.includes(undefined));
  const grid = gridOf(evaluations);
  const groups = groupsOf(whole);
  const unit = world.measure === "solved";
  const reached =
    (at: number) =>
    (pair: (typeof whole)[number]): number =>
      valueOf(world.measure, pair.runs[at] as RecordedRun, evaluations);
  const area =
    (at: number) =>
    (pair: (typeof whole)[number]): number =>
      meanOf(grid.map((n) => valueOf(world.measure, pair.runs[at] as RecordedRun, n)));
  const difference = (
    of: (at: number) => (pair: (typeof whole)[number]) => number,
    at: number,
  ): ((pair: (typeof whole)[number]) => number) => {
    const [own, first] = [of(at), of(0)];
    return (pair) => own(pair) - first(pair);
  };
  return {
    world: world.id,
    title: world.title,
    measure: world.measure,
    budget: evaluations,
    tasks: new Set(whole.map(({ task }) => task)).size,
    pairs: { measured: whole.length, wanted: pairs.length },
    grid,
    arms:
      whole.length === 0
        ? []
        : arms.map(({ id, search, proposer, again }, at): ArmReport => {
            const runs = whole.map((pair) => pair.runs[at] as RecordedRun);
            return {
              arm: id,
              search,
              proposer,
              again,
              reached: estimate(groups, reached(at), { name: `${id} reached`, unit, least: 0 }),
              area: estimate(groups, area(at), { name: `${id} area`, unit, least: 0 }),
              against:
                at === 0
                  ? null
                  : {
                      reached: estimate(groups, difference(reached, at), {
                        name: `${id} against reached`,
                        unit,
                        least: -1,
                      }),
                      area: estimate(groups, difference(area, at), { name: `${id} against area`, unit, least: -1 }),
                    },
              answered: besidesOf(world.measure, runs, evaluations),
              curve: grid.map((n) => rounded(meanOf(runs.map((run) => valueOf(world.measure, run, n))))),
              evaluations: rounded(meanOf(runs.map((run) => run.evaluations))),
              seconds: rounded(meanOf(runs.map((run) => run.seconds))),
            };
          }),
  };
}

/** An answer that is wrong by what the search never saw solves nothing. Scores on held-out data have a scale of their own and stand beside. */
function valueOf(measure: CompareWorld["measure"], run: RecordedRun, evaluations: number): number {
  const value = valueAt(run, evaluations);
  return measure === "solved" ? value * (run.heldOut ?? 1) : value;
}

function besidesOf(measure: CompareWorld["measure"], runs: readonly RecordedRun[], evaluations: number): number | null {
  if (measure === "solved") return rounded(meanOf(runs.map((run) => valueAt(run, evaluations))));
  const heldOut = runs.map((run) => run.heldOut).filter((value) => value !== null);
  return heldOut.length === 0 ? null : rounded(meanOf(heldOut));
}

/** Evenly spread numbers of evaluations, the budget the last. */
function gridOf(evaluations: number): readonly number[] {
  const points = Math.min(POINTS, evaluations);
  return Array.from({ length: points }, (_, i) => Math.round(((i + 1) * evaluations) / points));
}

/** Pairs that are drawn together: those of a task, or each seed of the only one. */
function groupsOf<T extends Pair>(pairs: readonly T[]): readonly (readonly T[])[] {
  const byTask = Map.groupBy(pairs, ({ task }) => task);
  return byTask.size === 1 ? pairs.map((pair) => [pair]) : [...byTask.values()];
}

/** The mean over all pairs; a group with fewer of them counts for less. `unit`: values lie between `least` and 1. */
function estimate<T>(
  groups: readonly (readonly T[])[],
  of: (pair: T) => number,
  { name, unit, least }: { readonly name: string; readonly unit: boolean; readonly least: number },
): Estimate {
  const sums = groups.map((group) => group.reduce((sum, pair) => sum + of(pair), 0));
  const mean = (drawn: readonly number[]): number => {
    let [sum, pairs] = [0, 0];
    for (const at of drawn) [sum, pairs] = [sum + (sums[at] as number), pairs + (groups[at] as readonly T[]).length];
    return sum / pairs;
  };
  const all = groups.map((_, at) => at);
  if (all.length < 2) return { mean: rounded(mean(all)), interval: null };
  const first = (sums[0] as number) / (groups[0] as readonly T[]).length;
  if (unit && groups.every((group, at) => sums[at] === first * group.length)) {
    // All agree, so that drawing them anew says nothing: as often as Wilson's interval allows, another one would not have.
    const { high } = wilsonInterval(0, groups.length);
    return {
      mean: rounded(first),
      interval: [rounded(Math.max(least, first - high)), rounded(Math.min(1, first + high))],
    };
  }
  const { low, high } = bootstrapInterval(all, mean, { rng: Rng.of(1, "compare", name), resamples: RESAMPLES });
  return { mean: rounded(mean(all)), interval: [rounded(low), rounded(high)] };
}

/** Six significant digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
