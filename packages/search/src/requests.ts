import type { CandidateId, ProposalRequest } from "@pawl/core";

/** After so many requests in a row that brought nothing, nothing more will come. */
const MOST_IN_VAIN = 200;

/** Remembers which requests the proposer has nothing new for, and how many in a row were in vain. */
export class ExhaustedRequests {
  readonly #keys = new Set<string>();
  #inVain = 0;

  /** That two cannot be put together says nothing about edits of one of them. */
  add({ parent, edits, inspirations }: ProposalRequest): void {
    if (inspirations === undefined) this.#keys.add(key(parent, edits));
    this.#inVain += 1;
  }

  /** A request is made although nothing is left to ask for. */
  askInVain(): void {
    this.#inVain += 1;
  }

  /** Something came of a request. */
  answered(): void {
    this.#inVain = 0;
  }

  /** `most`: more where parents are drawn at random. */
  over(most = MOST_IN_VAIN): boolean {
    return this.#inVain > most;
  }

  has(parent: CandidateId, edits: number): boolean {
    return this.#keys.has(key(parent, edits));
  }
}

function key(parent: CandidateId, edits: number): string {
  return `${parent}|${edits}`;
}

/** The step sizes every search may use: single edits, pairs, triples. */
export const STEP_SIZES = [1, 2, 3] as const;
