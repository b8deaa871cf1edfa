import { currentResults, type LabResult } from "./results-store.ts";
import { outcomeOf, settle, type ArmRun, type Outcome, type Settled } from "./settle.ts";
import { seedsOf, type System } from "./system.ts";

export interface SystemReport {
  readonly system: string;
  readonly quick: boolean;
  /** Null until every arm the outcome depends on was measured with every seed asked for; always null for the quick form, which judges nothing. */
  readonly outcome: Outcome | null;
  /** Seeds with which every arm the outcome depends on was measured, and how many were asked for. */
  readonly seeds: { readonly measured: number; readonly wanted: number };
  readonly preconditions: readonly Settled[];
  readonly claim: readonly Settled[];
  /** The latest of each arm and seed, of this version of the recipe. */
  readonly results: readonly LabResult[];
}

/**
 * What the results on record say about a system's claim. An outcome is given for the number of seeds that was fixed beforehand (by default the
 * recipe's own), not for the first few that happen to look well, nor for more that were added until it did.
 */
export function reportOf(
  system: System,
  recorded: readonly LabResult[],
  { quick, seeds = seedsOf(system, quick) }: { readonly quick: boolean; readonly seeds?: number },
): SystemReport {
  const results = currentResults(recorded, { version: system.version, quick }).filter(
    ({ seed }) => quick || seed <= seeds,
  );
  const runs: readonly ArmRun[] = results;
  const preconditions = (system.preconditions ?? []).map((each) => settle(each, runs));
  const claim = system.claim.map((each) => ({ settled: settle(each, runs), gated: each.gated }));
  const measured = sharedSeeds(system, results);
  return {
    system: system.id,
    quick,
    outcome: quick || measured < seeds ? null : outcomeOf(preconditions, claim),
    seeds: { measured, wanted: seeds },
    preconditions,
    claim: claim.map(({ settled }) => settled),
    results,
  };
}

/** What is reported only, such as a second attempt that is still being measured, is not waited for. */
function sharedSeeds(system: System, results: readonly LabResult[]): number {
  const all = [...(system.preconditions ?? []), ...system.claim];
  const decisive = all.filter(({ gated }) => gated);
  const arms = new Set(
    (decisive.length === 0 ? all : decisive).flatMap(({ left, right }) =>
      right === undefined ? [left] : [left, right],
    ),
  );
  const seeds = new Set(results.map(({ seed }) => seed));
  return [...seeds].filter((seed) =>
    [...arms].every((arm) => results.some((result) => result.arm === arm && result.seed === seed)),
  ).length;
}
