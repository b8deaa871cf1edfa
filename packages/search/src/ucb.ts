import { ParentBandit } from "./parent-bandit.ts";

export interface UcbOptions {
  /** Weight of what is not known yet. */
  readonly exploration?: number;
  readonly temperature?: number;
}

/**
 * Parents chosen by an upper confidence bound (UCB1, Auer, Cesa-Bianchi & Fischer 2002): the mean merit of the parent and its children,
 * plus c·sqrt(ln N / n). Merit runs from 0 for the base to 1 for the best so far. Requests in flight count as tries, so that several at a time
 * do not all go to the same parent.
 */
export class Ucb extends ParentBandit {
  constructor({ exploration = 0.5, temperature = 0 }: UcbOptions = {}) {
    super(
      "ucb",
      (arm, arms, asked) => {
        const mean = (arms.merit(arm.fitness) + arm.reward) / (1 + arm.told);
        return mean + exploration * Math.sqrt(Math.log(1 + asked) / (1 + arm.asked));
      },
      temperature,
    );
  }
}
