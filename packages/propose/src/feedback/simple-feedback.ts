import type { Verdict } from "@pawl/core";

/**
 * The level Simple of self-debugging: right or wrong, and nothing else. For a proposer that edits syntax it says nothing of which edit to try, and
 * so has no weights; what it does is to take everything else out of a verdict. One that is no data stays what it is. That no test fails is what
 * right means, and by it a search knows the goal.
 */
export function passOrFail(verdict: Verdict): Verdict {
  if (verdict.status === "tampered" || verdict.status === "infrastructure") return verdict;
  const passed = verdict.status === "passed";
  return {
    status: passed ? "passed" : "failed",
    scores: { passed: [Number(passed)] },
    ...(passed ? { failing: [] } : {}),
    feedback: [],
    cost: verdict.cost,
    evidence: [],
  };
}
