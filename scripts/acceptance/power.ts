import { Rng, Target, type Check, type Submission } from "@pawl/core";
import { accept, shareOfErrorBudget, type Acceptance } from "@pawl/verify";
import { MOST_PAIRS, NOISE, RUN_ALPHA } from "./simulation.ts";

export interface PowerRow {
  /** True gain, as a share of the score. */
  readonly gain: number;
  /** Which acceptance test of its run it is: the later, the smaller its share of the error budget. */
  readonly test: number;
  readonly accepted: number;
  readonly meanPairs: number;
}

/** Two trees that differ, for a check that only asks which of the two it is handed. */
export function twoSides(): { readonly incumbent: Submission; readonly challenger: Submission } {
  const target = new Target({ "x.txt": "0" }, "tree");
  const origin = { proposer: "drawn", summary: "" };
  const challenger = target.derive(target.base, { "x.txt": [{ start: 0, end: 1, text: "1" }] }, origin);
  if ("rejected" in challenger) throw new Error(challenger.rejected);
  return { incumbent: { candidate: target.base, files: {} }, challenger };
}

/** How often a real gain is found, and after how many pairs the test ends, gain or none. */
export async function power(gain: number, test: number, repetitions: number): Promise<PowerRow> {
  const { incumbent, challenger } = twoSides();
  let [accepted, pairs] = [0, 0];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const rng = Rng.of("power", gain, test, repetition);
    const confirm: Check["confirm"] = async ({ candidate }) => {
      const score = (candidate.id === challenger.candidate.id ? 1 + gain : 1) * (1 + NOISE * rng.normal());
      const none = { feedback: [], cost: { wallMs: 0, cpuMs: 0 }, evidence: [] };
      return { status: "passed", scores: { score: [score] }, ...none };
    };
    const check = { id: "drawn", deterministic: false, screen: confirm, confirm, close: async () => {} };
    const result: Acceptance = await accept(
      check,
      incumbent,
      challenger,
      {
        objective: "score",
        sign: 1,
        alpha: RUN_ALPHA * shareOfErrorBudget(test),
        minGain: 0,
        maxPairs: MOST_PAIRS,
        exact: false,
        earlier: { incumbent: [], challenger: [] },
      },
      new AbortController().signal,
    );
    accepted += Number(result.decision === "better");
    pairs += result.pairs.length;
  }
  return { gain, test, accepted: accepted / repetitions, meanPairs: pairs / repetitions };
}
