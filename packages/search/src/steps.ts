import type { CandidateId, Evaluated, Rng } from "@pawl/core";
import { STEP_SIZES, type ExhaustedRequests } from "./requests.ts";

/** Share of requests that jump with two edits at once, for faults that no single edit makes better. */
const JUMP = 0.15;

/** How many edits to ask for: mostly one, else the smallest number that is not used up; null when nothing is left of this parent. */
export function chooseStep(exhausted: ExhaustedRequests, parent: CandidateId, rng: Rng, jump = JUMP): number | null {
  const leaps = rng.uniform() < jump;
  if (leaps && !exhausted.has(parent, 2)) return 2;
  return STEP_SIZES.find((size) => !exhausted.has(parent, size)) ?? null;
}

/** All tests pass: a goal, not a step on the way. Edits of it would only add what is not needed. */
export function isGoal({ verdict }: Evaluated): boolean {
  return verdict.scores["passed"]?.[0] === 1;
}

/** Two candidates with the same behaviour lead to the same places: fitness, and which tests fail. */
export function behaviourOf({ fitness, verdict }: Evaluated): string {
  return JSON.stringify([fitness, verdict.failing]);
}
