import type { CandidateId, Evaluated, Rng, Verdict } from "@pawl/core";
import { STEP_SIZES, type ExhaustedRequests } from "./requests.ts";

/** Share of requests that jump with two edits at once, for faults that no single edit makes better. */
const JUMP = 0.15;

/** How many edits to ask for: mostly one, else the smallest number that is not used up; null when nothing is left of this parent. */
export function chooseStep(exhausted: ExhaustedRequests, parent: CandidateId, rng: Rng, jump = JUMP): number | null {
  const leaps = rng.uniform() < jump;
  if (leaps && !exhausted.has(parent, 2)) return 2;
  return STEP_SIZES.find((size) => !exhausted.has(parent, size)) ?? null;
}

/** Share of the tests that pass; undefined where there are none: a user's score may have a number of that name, too. */
export function testShare({ scores, failing }: Verdict): number | undefined {
  return failing === undefined ? undefined : scores["passed"]?.[0];
}

/**
 * All tests that were to be repaired pass: a goal, not a step on the way. Edits of it would only add what is not needed. Where there are no
 * tests nothing is the goal: a score check says of every candidate with a score that it passed, and there may always be a better one.
 */
export function isGoal({ verdict }: Evaluated): boolean {
  return testShare(verdict) === 1;
}

/** A goal that breaks nothing else: here whoever works towards it has arrived. */
export function isSolved(result: Evaluated): boolean {
  return result.verdict.status === "passed" && isGoal(result);
}

/** Two candidates with the same behaviour lead to the same places: fitness, and which tests fail. */
export function behaviourOf({ fitness, verdict }: Evaluated): string {
  return JSON.stringify([fitness, verdict.failing]);
}
