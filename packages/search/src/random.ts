import type { ArchiveView, CandidateId, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { ExhaustedRequests, STEP_SIZES } from "./requests.ts";

/**
 * Random edits of random candidates: the parent is drawn from everything that could be scored, the edit without regard to the prior
 * (infinite temperature). The dull control of every report.
 */
export class RandomSearch implements Search {
  readonly id = "random";
  readonly #exhausted = new ExhaustedRequests();
  /** Candidates with something left to try, in no order (a removed one is replaced by the last). */
  readonly #open: CandidateId[] = [];
  #asked = 0;

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    if (this.#asked++ === 0) this.#open.push(view.base.candidate.id);
    const parent = rng.pick(this.#open);
    return {
      parent,
      edits: STEP_SIZES.find((size) => !this.#exhausted.has(parent, size)) ?? 1,
      temperature: Infinity,
    };
  }

  tell(result: Evaluated): void {
    if (result.fitness !== null && result.verdict.status !== "error" && result.verdict.status !== "timeout")
      this.#open.push(result.candidate.id);
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
    if (STEP_SIZES.some((size) => !this.#exhausted.has(request.parent, size))) return;
    const at = this.#open.indexOf(request.parent);
    // It is out already: with several requests on their way it can be said more than once.
    if (at === -1) return;
    const last = this.#open.pop() as CandidateId;
    if (at < this.#open.length) this.#open[at] = last;
  }

  done(): boolean {
    return this.#asked > 0 && this.#open.length === 0;
  }

  state(): Json {
    return { asked: this.#asked, open: this.#open.length };
  }
}
