import type { ArchiveView, CandidateId, Json, ProposalRequest, Search } from "@pawl/core";
import { ExhaustedRequests, STEP_SIZES } from "./requests.ts";

/** Independent samples from the base, no use of verdicts: the control every search has to beat. */
export class BestOfN implements Search {
  readonly id = "best-of-n";
  readonly #exhausted = new ExhaustedRequests();
  readonly #temperature: number;
  #base: CandidateId | null = null;
  #asked = 0;

  constructor(options: { readonly temperature?: number } = {}) {
    this.#temperature = options.temperature ?? 1;
  }

  ask(view: ArchiveView): ProposalRequest {
    const base = view.base.candidate.id;
    this.#base = base;
    this.#asked += 1;
    const edits = STEP_SIZES.find((size) => !this.#exhausted.has(base, size)) ?? 1;
    return { parent: base, edits, temperature: this.#temperature };
  }

  tell(): void {}

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  done(): boolean {
    const base = this.#base;
    return base !== null && STEP_SIZES.every((size) => this.#exhausted.has(base, size));
  }

  state(): Json {
    return { asked: this.#asked };
  }
}
