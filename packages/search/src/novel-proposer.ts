import {
  applyEdits,
  smallestChange,
  type CandidateId,
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
  /** Of every judged candidate: the archive may not be read once somebody outside was asked. */
  readonly #changes = new Map<CandidateId, readonly FileChange[]>();
  #turnedAway = 0;

  constructor(inner: Proposer, filter = new NoveltyFilter()) {
    this.id = inner.id;
    this.concurrency = inner.concurrency ?? 1;
    this.#inner = inner;
    this.#filter = filter;
  }

  get pending(): boolean {
    return this.#inner.pending === true;
  }

  /** Proposals that were like something known. */
  get turnedAway(): number {
    return this.#turnedAway;
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    const base = context.archive.base.candidate.id;
    for await (const proposal of this.#inner.propose(request, context)) {
      const text = this.#textOf(proposal, proposal.parent ?? request.parent, base, context);
      if (text === null || this.#filter.isNovel(text)) yield proposal;
      else this.#turnedAway += 1;
    }
  }

  learn(experience: Experience): void {
    const { id, changes } = experience.candidate;
    this.#changes.set(id, changes);
    this.#filter.add(id, this.#linesOf(changes));
    this.#inner.learn?.(experience);
  }

  missed(miss: Miss): void {
    this.#inner.missed?.(miss);
  }

  async close(): Promise<void> {
    await this.#inner.close?.();
  }

  /** Null when a file may not change, the edits do not apply or change nothing: the engine says so. */
  #textOf({ edits: all }: Proposal, parent: CandidateId, base: CandidateId, context: ProposeContext): string | null {
    const changes: FileChange[] = [];
    for (const [path, edits] of Object.entries(all)) {
      if (context.refuses(path) !== null) return null;
      if (!this.#base.has(path)) this.#base.set(path, context.read(base, path));
      const text = applyEdits(context.read(parent, path), edits);
      if (text === null) return null;
      const change = smallestChange(this.#base.get(path) as string, text);
      if (change !== null) changes.push({ path, ...change });
    }
    const untouched = (this.#changes.get(parent) ?? []).filter(({ path }) => !(path in all));
    const differing = [...changes, ...untouched];
    return differing.length === 0 ? null : this.#linesOf(differing);
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
