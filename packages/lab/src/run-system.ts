import { Rng, UsageError } from "@pawl/core";
import { didYouMean } from "./nearest.ts";
import { reportOf, type SystemReport } from "./report-of.ts";
import { currentResults, resultOf, type ResultsStore } from "./results-store.ts";
import { seedsOf, type Arm, type System } from "./system.ts";

export interface RunSystemOptions {
  readonly store: ResultsStore;
  /** Default: the system's own number, or 1 when quick. */
  readonly seeds?: number;
  readonly quick?: boolean;
  /** Ids; default all. */
  readonly arms?: readonly string[];
  /** Arm runs at the same time; default 2. */
  readonly jobs?: number;
  /** Measure again what is on record; the quick form always does. */
  readonly again?: boolean;
  /** For the results: see `LabResult.commit`. */
  readonly commit: string | null;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

const JOBS = 2;

/**
 * Measures every arm with every seed and settles the claim by them. What is on record for this version of the recipe is not measured again, so
 * an interrupted measurement goes on where it was. The quick form is to prove that the system runs here and now: it begins anew each time. When an arm throws, or the signal is aborted, the others in flight are aborted as well;
 * what was finished stays on record. Throws what the arm threw; a UsageError for an unknown arm.
 */
export async function runSystem(system: System, options: RunSystemOptions): Promise<SystemReport> {
  const { store, quick = false, again = quick, say, commit } = options;
  const seeds = options.seeds ?? seedsOf(system, quick);
  const arms = armsOf(system, options.arms);
  const known = again ? [] : currentResults(store.read(system.id), { version: system.version, quick });
  // Seed by seed, so that a measurement cut short has something of every arm.
  const todo = Array.from({ length: seeds }, (_, i) => i + 1)
    .flatMap((seed) => arms.map((arm) => ({ arm, seed })))
    .filter(({ arm, seed }) => !known.some((result) => result.arm === arm.id && result.seed === seed));
  say(`${system.id}: ${todo.length} of ${arms.length * seeds} arm runs to measure`);
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const queue = todo.values();
  const began = performance.now();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const { arm, seed } of queue) {
      signal.throwIfAborted();
      const name = `${system.id}, ${arm.id}, seed ${seed}`;
      const started = performance.now();
      const measured = await system.run(arm, {
        seed,
        quick,
        rng: Rng.of(seed, "lab", system.id),
        signal,
        note: (line) => say(`${name}: ${line}`),
      });
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      const about = { system: system.id, version: system.version, quick, commit, at: new Date().toISOString() };
      store.append(resultOf({ ...about, arm: arm.id, seed, seconds }, measured));
      done += 1;
      say(
        `${name}: ${measured.rows.length} tasks, ${measured.spent} spent, ${seconds} s (${done} of ${todo.length}${left(began, done, todo.length)})`,
      );
    }
  };
  try {
    const workers = Array.from({ length: options.jobs ?? JOBS }, () =>
      work().catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    );
    // Not before all have ended is anything given back.
    await Promise.allSettled(workers);
    options.signal.throwIfAborted();
    if (failed.signal.aborted) throw failed.signal.reason;
  } finally {
    await system.close?.();
  }
  return reportOf(system, store.read(system.id), { quick, seeds });
}

/** The arms with these ids, or all; an unknown one is a usage error. */
export function armsOf(system: System, wanted: readonly string[] | undefined): readonly Arm[] {
  const ids = system.arms.map(({ id }) => id);
  const unknown = wanted?.length === 0 ? "" : wanted?.find((id) => !ids.includes(id));
  if (unknown !== undefined)
    throw new UsageError({
      what: unknown === "" ? "no arm was named" : `${system.id} has no arm '${unknown}'`,
      where: "--arms",
      todo: `${didYouMean(unknown, ids)}The arms of ${system.id} are: ${ids.join(", ")}.`,
    });
  return system.arms.filter(({ id }) => wanted?.includes(id) ?? true);
}

/** `; about 12 min to go`, by what it took so far; nothing when it is less than one. */
function left(began: number, done: number, all: number): string {
  const minutes = ((performance.now() - began) / done / 60_000) * (all - done);
  return minutes < 1 ? "" : `; about ${Math.round(minutes)} min to go`;
}
