import type { ArchiveView, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { ParentArms, type ParentArm } from "./parent-arms.ts";

/** How much a parent is worth another child; the highest is chosen. `asked`: requests so far, this one included. */
export type BanditRule = (arm: ParentArm, arms: ParentArms, asked: number, rng: Rng) => number;

/** Parents as the arms of a bandit. */
export class ParentBandit implements Search {
  readonly id: string;
  readonly #arms = new ParentArms();
  readonly #rule: BanditRule;
  readonly #temperature: number;
  #asked = 0;

  constructor(id: string, rule: BanditRule, temperature: number) {
    this.id = id;
    this.#rule = rule;
    this.#temperature = temperature;
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    this.#arms.begin(view.base);
    this.#asked += 1;
    let chosen: ParentArm | null = null;
    let highest = -Infinity;
    for (const arm of this.#arms.open) {
      const worth = this.#rule(arm, this.#arms, this.#asked, rng);
      if (worth > highest) [chosen, highest] = [arm, worth];
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
      arms: this.#arms.open.map(({ id, fitness, asked, failed }) => ({ id, fitness, asked, failed })),
    };
  }
}
