import type { CandidateId, ProposalRequest } from "@pawl/core";

/** Remembers which requests the proposer has nothing new for. */
export class ExhaustedRequests {
  readonly #keys = new Set<string>();

  add(request: ProposalRequest): void {
    this.#keys.add(key(request.parent, request.edits));
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
