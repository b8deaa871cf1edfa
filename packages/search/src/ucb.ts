import type { ArchiveView, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { ParentArms, type ParentArm } from "./parent-arms.ts";

export interface UcbOptions {
  /** Weight of what is not known yet. */
  readonly exploration?: number;
  readonly temperature?: number;
}

/**
 * Parents as arms, chosen by an upper confidence bound (UCB1, Auer, Cesa-Bianchi & Fischer 2002): the mean merit of the parent and its children,
 * plus c·sqrt(ln N / n). Merit runs from 0 for the base to 1 for the best so far. Requests in flight count as tries, so that several at a time
 * do not all go to the same parent.
 */
export class Ucb implements Search {
  readonly id = "ucb";
  readonly #arms = new ParentArms();
  readonly #exploration: number;
  readonly #temperature: number;
  #asked = 0;

  constructor(options: UcbOptions = {}) {
    this.#exploration = options.exploration ?? 0.5;
    this.#temperature = options.temperature ?? 0;
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    this.#arms.begin(view.base);
    this.#asked += 1;
    let chosen: ParentArm | null = null;
    let highest = -Infinity;
    for (const arm of this.#arms.open) {
      const bound = this.#bound(arm);
      if (bound > highest) [chosen, highest] = [arm, bound];
    }
    if (chosen === null) return { parent: view.base.candidate.id, edits: 1, temperature: this.#temperature };
    return { parent: chosen.id, edits: this.#arms.step(chosen, rng), temperature: this.#temperature };
  }

  tell(result: Evaluated): void {
    this.#arms.tell(result);
  }

  exhausted(request: ProposalRequest): void {
    this.#arms.exhausted(request);
  }

  done(): boolean {
    return this.#asked > 0 && this.#arms.open.length === 0;
  }

  state(): Json {
    return {
      asked: this.#asked,
      arms: this.#arms.open.map((arm) => ({ id: arm.id, asked: arm.asked, bound: this.#bound(arm) })),
    };
  }

  #bound({ fitness, asked, told, reward }: ParentArm): number {
    const mean = (this.#arms.merit(fitness) + reward) / (1 + told);
    return mean + this.#exploration * Math.sqrt(Math.log(1 + this.#asked) / (1 + asked));
  }
}
