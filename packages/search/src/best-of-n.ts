import type { ArchiveView, CandidateId, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { ExhaustedRequests, STEP_SIZES } from "./requests.ts";

export interface BestOfNOptions {
  readonly temperature?: number;
  /** Edits of a sample, drawn evenly from these; default: one, and more only when no other single edit is left. */
  readonly edits?: readonly number[];
}

/** Independent samples from the base, no use of verdicts: the control every search has to beat. */
export class BestOfN implements Search {
  readonly id = "best-of-n";
  readonly #exhausted = new ExhaustedRequests();
  readonly #temperature: number;
  readonly #edits: readonly number[] | null;
  #base: CandidateId | null = null;
  #asked = 0;

  constructor(options: BestOfNOptions = {}) {
    this.#temperature = options.temperature ?? 1;
    this.#edits = options.edits ?? null;
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    const base = view.base.candidate.id;
    this.#base = base;
    this.#asked += 1;
    const open = (this.#edits ?? STEP_SIZES).filter((size) => !this.#exhausted.has(base, size));
    const edits = (this.#edits === null || open.length === 0 ? open[0] : rng.pick(open)) ?? 1;
    return { parent: base, edits, temperature: this.#temperature };
  }

  tell(): void {}

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  done(): boolean {
    const base = this.#base;
    return base !== null && (this.#edits ?? STEP_SIZES).every((size) => this.#exhausted.has(base, size));
  }

  state(): Json {
    return { asked: this.#asked };
  }
}
