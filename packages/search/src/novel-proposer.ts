import {
  applyEdits,
  smallestChange,
  type Experience,
  type FileChange,
  type Miss,
  type Proposal,
  type ProposalRequest,
  type ProposeContext,
  type Proposer,
} from "@pawl/core";
import { NoveltyFilter } from "./novelty-filter.ts";

/**
 * Any proposer, without what is nearly the same as a candidate that was judged already: compared are the lines that differ from the base. Worth
 * its while where proposals or verdicts are dear. Equal trees are turned away by the engine itself.
 */
export class NovelProposer implements Proposer {
  readonly id: string;
  readonly concurrency: number;
  readonly #inner: Proposer;
  readonly #filter: NoveltyFilter;
  /** Base texts of the files that candidates changed. */
  readonly #base = new Map<string, string>();
  #turnedAway = 0;

  constructor(inner: Proposer, filter = new NoveltyFilter()) {
    this.id = inner.id;
    this.concurrency = inner.concurrency ?? 1;
    this.#inner = inner;
    this.#filter = filter;
  }

  /** Proposals that were like something known. */
  get turnedAway(): number {
    return this.#turnedAway;
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    for await (const proposal of this.#inner.propose(request, context)) {
      const text = this.#textOf(proposal, request, context);
      if (text === null || this.#filter.isNovel(text)) yield proposal;
      else this.#turnedAway += 1;
    }
  }

  learn(experience: Experience): void {
    this.#filter.add(experience.candidate.id, this.#linesOf(experience.candidate.changes));
    this.#inner.learn?.(experience);
  }

  missed(miss: Miss): void {
    this.#inner.missed?.(miss);
  }

  async close(): Promise<void> {
    await this.#inner.close?.();
  }

  /** Null when the edits do not apply: the engine says so. */
  #textOf(proposal: Proposal, { parent }: ProposalRequest, context: ProposeContext): string | null {
    const { base } = context.archive;
    const changes: FileChange[] = [];
    for (const [path, edits] of Object.entries(proposal.edits)) {
      if (!this.#base.has(path)) this.#base.set(path, context.read(base.candidate.id, path));
      const text = applyEdits(context.read(parent, path), edits);
      const change = text === null ? null : smallestChange(this.#base.get(path) as string, text);
      if (change !== null) changes.push({ path, ...change });
    }
    const untouched = (context.archive.get(parent)?.candidate.changes ?? []).filter(
      ({ path }) => !(path in proposal.edits),
    );
    const all = [...changes, ...untouched];
    return all.length === 0 ? null : this.#linesOf(all);
  }

  /** The changed lines as they are now, with where they are. */
  #linesOf(changes: readonly FileChange[]): string {
    return changes
      .toSorted((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, start, end, text }) => {
        const base = this.#base.get(path) ?? "";
        const from = base.lastIndexOf("\n", start - 1) + 1;
        const newline = base.indexOf("\n", end);
        const line = base.slice(0, from).split("\n").length;
        return `${path} ${line} ${base.slice(from, start)}${text}${base.slice(end, newline === -1 ? base.length : newline)}`;
      })
      .join("\n");
  }
}
