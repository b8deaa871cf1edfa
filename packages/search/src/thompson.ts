import type { ArchiveView, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { sampleBeta } from "./beta.ts";
import { ParentArms, type ParentArm } from "./parent-arms.ts";

export interface ThompsonOptions {
  /** How much a parent's own score counts, in children: after so many in vain the best is believed in as little as in the base. */
  readonly confidence?: number;
  readonly temperature?: number;
}

/**
 * Parents as arms, chosen by Thompson sampling: Beta(1 + c·h, 1 + c·(1 − h) + n), h the parent's merit between the base and the best so far and
 * n its children that were not better (Tang et al. 2024, "Code Repair with LLMs gives an Exploration-Exploitation Tradeoff").
 */
export class Thompson implements Search {
  readonly id = "thompson";
  readonly #arms = new ParentArms();
  readonly #confidence: number;
  readonly #temperature: number;
  #asked = 0;

  constructor(options: ThompsonOptions = {}) {
    this.#confidence = options.confidence ?? 20;
    this.#temperature = options.temperature ?? 0;
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    this.#arms.begin(view.base);
    this.#asked += 1;
    let chosen: ParentArm | null = null;
    let highest = -Infinity;
    for (const arm of this.#arms.open) {
      const merit = Math.min(1, this.#arms.merit(arm.fitness));
      const drawn = sampleBeta(1 + this.#confidence * merit, 1 + this.#confidence * (1 - merit) + arm.failed, rng);
      if (drawn > highest) [chosen, highest] = [arm, drawn];
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
    return { asked: this.#asked, arms: this.#arms.open.map(({ id, fitness, failed }) => ({ id, fitness, failed })) };
  }
}
