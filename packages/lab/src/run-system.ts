import { Rng } from "@pawl/core";
import { outcomeOf, settle, type ArmRun, type Outcome, type Settled } from "./settle.ts";
import { currentResults, resultOf, type LabResult, type ResultsStore } from "./results-store.ts";
import type { System } from "./system.ts";

export interface RunSystemOptions {
  readonly store: ResultsStore;
  /** Default: the system's own number, or 2 when quick. */
  readonly seeds?: number;
  readonly quick?: boolean;
  /** Ids; default all. */
  readonly arms?: readonly string[];
  /** Arm runs at the same time; default 2. */
  readonly jobs?: number;
  /** Measure again what is on record. */
  readonly again?: boolean;
  /** For the results: see `LabResult.commit`. */
  readonly commit: string | null;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

export interface SystemReport {
  readonly system: string;
  readonly quick: boolean;
  readonly outcome: Outcome | null;
  readonly preconditions: readonly Settled[];
  readonly claim: readonly Settled[];
  readonly results: readonly LabResult[];
}

const SEEDS = 5;
const QUICK_SEEDS = 2;
const JOBS = 2;

/**
 * Measures every arm with every seed and settles the claim. What is on record for this version of the recipe is not measured again, so an
 * interrupted measurement goes on where it was.
 */
export async function runSystem(system: System, options: RunSystemOptions): Promise<SystemReport> {
  const { store, quick = false, again = false, signal, say, commit } = options;
  const seeds = options.seeds ?? (quick ? QUICK_SEEDS : (system.seeds ?? SEEDS));
  const arms = system.arms.filter(({ id }) => options.arms?.includes(id) ?? true);
  const known = again ? [] : currentResults(store.read(system.id), { version: system.version, quick });
  // Seed by seed, so that a measurement cut short has something of every arm.
  const todo = Array.from({ length: seeds }, (_, i) => i + 1)
    .flatMap((seed) => arms.map((arm) => ({ arm, seed })))
    .filter(({ arm, seed }) => !known.some((result) => result.arm === arm.id && result.seed === seed));
  say(`${system.id}: ${todo.length} of ${arms.length * seeds} arm runs to measure`);
  const queue = todo.values();
  const work = async (): Promise<void> => {
    for (const { arm, seed } of queue) {
      signal.throwIfAborted();
      const started = performance.now();
      const measured = await system.run(arm, {
        seed,
        quick,
        rng: Rng.of(seed, "lab", system.id),
        signal,
        note: (line) => say(`${system.id}, ${arm.id}, seed ${seed}: ${line}`),
      });
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      const about = { system: system.id, version: system.version, quick, commit, at: new Date().toISOString() };
      store.append(resultOf({ ...about, arm: arm.id, seed, seconds }, measured));
      say(
        `${system.id}, ${arm.id}, seed ${seed}: ${measured.rows.length} tasks, ${measured.spent} spent, ${seconds} s`,
      );
    }
  };
  try {
    await Promise.all(Array.from({ length: options.jobs ?? JOBS }, work));
  } finally {
    await system.close?.();
  }
  return reportOf(system, store.read(system.id), quick);
}

/** What the results on record say about a system's claim. */
export function reportOf(system: System, results: readonly LabResult[], quick: boolean): SystemReport {
  const current = currentResults(results, { version: system.version, quick });
  const runs: readonly ArmRun[] = current;
  const preconditions = (system.preconditions ?? []).map((each) => settle(each, runs));
  const claim = system.claim.map((each) => ({ settled: settle(each, runs), gated: each.gated }));
  return {
    system: system.id,
    quick,
    outcome: outcomeOf(preconditions, claim),
    preconditions,
    claim: claim.map(({ settled }) => settled),
    results: current,
  };
}
