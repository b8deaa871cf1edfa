import type {
  ArchiveEntry,
  EditWeights,
  Experience,
  Miss,
  Proposal,
  ProposalRequest,
  ProposeContext,
  Proposer,
} from "@pawl/core";
import { addWeights } from "./edit-weights.ts";

/** What somebody says about the edits of a parent, from its verdict. Asks nobody outside. */
export interface Guide {
  weights(parent: ArchiveEntry, context: ProposeContext): Promise<EditWeights | undefined>;
  learn?(experience: Experience): void;
}

/** A proposer that is told what guides think of the parent: their weights are added to those of the request. */
export class GuidedProposer implements Proposer {
  readonly id: string;
  readonly concurrency: number;
  readonly #proposer: Proposer;
  readonly #guides: readonly Guide[];

  constructor(proposer: Proposer, guides: readonly Guide[]) {
    this.id = proposer.id;
    this.concurrency = proposer.concurrency ?? 1;
    this.#proposer = proposer;
    this.#guides = guides;
  }

  get pending(): boolean {
    return this.#proposer.pending === true;
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    const parent = context.archive.get(request.parent);
    const said: (EditWeights | undefined)[] = [request.weights];
    // What two candidates have in common is put together as it is.
    if (parent !== undefined && request.inspirations === undefined)
      for (const guide of this.#guides) said.push(await guide.weights(parent, context));
    const weights = addWeights(...said);
    yield* this.#proposer.propose(weights === undefined ? request : { ...request, weights }, context);
  }

  learn(experience: Experience): void {
    for (const guide of this.#guides) guide.learn?.(experience);
    this.#proposer.learn?.(experience);
  }

  missed(miss: Miss): void {
    this.#proposer.missed?.(miss);
  }

  async close(): Promise<void> {
    await this.#proposer.close?.();
  }
}
