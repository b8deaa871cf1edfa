import { sampleBeta } from "./beta.ts";
import { ParentBandit } from "./parent-bandit.ts";

export interface ThompsonOptions {
  /** How much a parent's own score counts, in children: after so many in vain the best is believed in as little as in the base. */
  readonly confidence?: number;
  readonly temperature?: number;
}

/**
 * Parents chosen by Thompson sampling: Beta(1 + c·h, 1 + c·(1 − h) + n), h the parent's merit between the base and the best so far and
 * n its children that were not better (Tang et al. 2024, "Code Repair with LLMs gives an Exploration-Exploitation Tradeoff").
 */
export class Thompson extends ParentBandit {
  constructor({ confidence = 20, temperature = 0 }: ThompsonOptions = {}) {
    super(
      "thompson",
      (arm, arms, _asked, rng) => {
        const merit = Math.min(1, arms.merit(arm.fitness));
        return sampleBeta(1 + confidence * merit, 1 + confidence * (1 - merit) + arm.failed, rng);
      },
      temperature,
    );
  }
}
