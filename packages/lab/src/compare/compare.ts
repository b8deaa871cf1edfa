import { UsageError } from "@pawl/core";
import { createSearch } from "@pawl/search";
import { spread } from "../benches/repair-tasks.ts";
import { sameAgain } from "../controls/identity.ts";
import { reportOfRuns, type CompareReport } from "./report.ts";
import type { RecordedRun, RunsFile } from "./runs-file.ts";
import type { CompareArm, CompareWorld } from "./world.ts";

export interface CompareOptions {
  readonly world: CompareWorld;
  /** The first is what the others are measured against. */
  readonly searches: readonly string[];
  readonly proposers: readonly string[];
  /** Candidates that a run may evaluate; the same for every arm. */
  readonly evaluations: number;
  /** Runs of each arm on each task. */
  readonly seeds: number;
  /** At most so many tasks, evenly spread over the world's; default all. */
  readonly tasks?: number;
  /** Where runs are recorded; what is there already is not measured again. */
  readonly runs: RunsFile;
  /** Tasks at the same time; default 1, for runs may have processes of their own. */
  readonly jobs?: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * Strategies side by side: every arm runs on the same tasks with the same seeds and the same budget, and once more the first of them as a control
 * (A/A). Everything finished is on record when the signal aborts this. Throws a UsageError for an unknown search or proposer.
 */
export async function compare(options: CompareOptions): Promise<CompareReport> {
  const { world, runs, evaluations, signal, say } = options;
  const arms = armsOf(options);
  const tasks = spread(world.tasks, options.tasks ?? world.tasks.length);
  const seeds = Array.from({ length: options.seeds }, (_, i) => i + 1);
  const wanted = tasks.flatMap((task) => arms.flatMap((arm) => seeds.map((seed) => aboutOf(options, task, arm, seed))));
  const missing = wanted.filter((about) => runs.get(about) === undefined).length;
  say(
    `${missing} of ${wanted.length} runs to measure (tasks × arms × seeds: ${tasks.length} × ${arms.length} × ${seeds.length})`,
  );
  let done = 0;
  const queue = tasks.values();
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const work = async (): Promise<void> => {
    for (const task of queue) {
      // Seed by seed, so that what was cut short has something of every arm.
      const todo = seeds
        .flatMap((seed) => arms.map((arm) => ({ arm, seed, about: aboutOf(options, task, arm, seed) })))
        .filter(({ about }) => runs.get(about) === undefined);
      if (todo.length === 0) continue;
      either.throwIfAborted();
      const open = await world.open(task.id);
      try {
        for (const { arm, seed, about } of todo) {
          either.throwIfAborted();
          const started = performance.now();
          const own = arm.again ? sameAgain(seed) : seed;
          const trace = await open.run(arm, { seed: own, evaluations, signal: either });
          const seconds = Math.round((performance.now() - started) / 100) / 10;
          runs.append({ ...about, ...trace, seconds });
          done += 1;
        }
      } finally {
        await open.close();
      }
      say(`${task.id}: ${done} of ${missing} runs`);
    }
  };
  const workers = Array.from({ length: options.jobs ?? 1 }, () =>
    work().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  signal.throwIfAborted();
  if (failed.signal.aborted) throw failed.signal.reason;
  return reportFor(options);
}

/** The report of what is on record, complete or not: only pairs of a task and a seed that every arm has are counted. */
export function reportFor(options: Omit<CompareOptions, "signal" | "say" | "jobs">): CompareReport {
  const { world, runs, evaluations } = options;
  const arms = armsOf(options);
  const tasks = spread(world.tasks, options.tasks ?? world.tasks.length);
  const pairs = tasks.flatMap((task) =>
    Array.from({ length: options.seeds }, (_, i) => ({
      task: task.id,
      seed: i + 1,
      runs: arms.map((arm) => runs.get(aboutOf(options, task, arm, i + 1))),
    })),
  );
  return reportOfRuns({ world, arms, evaluations, pairs });
}

type About = Omit<RecordedRun, "steps" | "evaluations" | "heldOut" | "seconds">;

function aboutOf(
  { world, evaluations }: Pick<CompareOptions, "world" | "evaluations">,
  task: CompareWorld["tasks"][number],
  { search, proposer, again }: CompareArm,
  seed: number,
): About {
  return { world: world.id, task: task.id, key: task.key, search, proposer, again, seed, budget: evaluations };
}

function armsOf({
  world,
  searches,
  proposers,
}: Pick<CompareOptions, "world" | "searches" | "proposers">): readonly CompareArm[] {
  for (const [flag, ids] of [
    ["--search", searches],
    ["--proposer", proposers],
  ] as const) {
    const twice = ids.find((id, i) => ids.indexOf(id) < i);
    if (ids.length === 0 || twice !== undefined)
      throw new UsageError({
        what: twice === undefined ? "nothing to compare was named" : `'${twice}' is named twice`,
        where: flag,
        todo: "Name each once, with commas between them. The first is measured once more by itself, as a control.",
      });
  }
  for (const search of searches) createSearch(search); // an unknown name is said before anything is started
  for (const proposer of proposers) world.demandProposer(proposer);
  const several = proposers.length > 1;
  const arms = searches.flatMap((search) =>
    proposers.map((proposer): CompareArm => ({
      id: several ? `${search} × ${proposer}` : search,
      search,
      proposer,
      again: false,
    })),
  );
  const [first] = arms as [CompareArm, ...CompareArm[]];
  return [...arms, { ...first, id: `${first.id}, again`, again: true }];
}
