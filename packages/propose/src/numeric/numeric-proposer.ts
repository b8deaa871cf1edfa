import type { Experience, Proposal, ProposalRequest, ProposeContext, Proposer } from "@pawl/core";
import { findNumbers, numberEdits, writable } from "./number-spans.ts";
import type { NumericStrategy } from "./strategy.ts";

export interface NumericProposerOptions {
  /** The file that holds the numbers. */
  readonly path: string;
  /** Its text in the base tree. */
  readonly base: string;
  readonly strategy: NumericStrategy;
}

/** Proposes other numbers in the places of those in a file (see `findNumbers`). The layout of the file stays as it is. */
export class NumericProposer implements Proposer {
  readonly id: string;
  readonly #o: NumericProposerOptions;

  /** Throws UsageError when the file has no numbers to change. */
  constructor(options: NumericProposerOptions) {
    findNumbers(options.path, options.base);
    this.#o = options;
    this.id = `numeric:${options.strategy.id}`;
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncIterable<Proposal> {
    const { path, strategy } = this.#o;
    const spans = findNumbers(path, context.read(request.parent, path));
    const parent = spans.map((span) => span.value);
    for await (const { values, summary } of strategy.suggest(parent, {
      request,
      rng: context.rng,
      signal: context.signal,
      parentFitness: context.archive.get(request.parent)?.fitness ?? null,
    })) {
      const edits = numberEdits(spans, values);
      if (edits.length > 0)
        yield { edits: { [path]: edits }, origin: { proposer: this.id, mechanical: true, summary } };
    }
  }

  learn(experience: Experience): void {
    const { path, base, strategy } = this.#o;
    const change = experience.candidate.changes.find((each) => each.path === path);
    if (change === undefined || strategy.tell === undefined) return;
    const text = base.slice(0, change.start) + change.text + base.slice(change.end);
    const spans = findNumbers(path, text);
    strategy.tell(
      writable(
        spans,
        spans.map((span) => span.value),
      ),
      experience.fitness,
    );
  }
}
