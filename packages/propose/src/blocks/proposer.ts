import {
  type ArchiveEntry,
  type CandidateId,
  type EditWeights,
  type Experience,
  type Miss,
  type Proposal,
  type ProposalRequest,
  type ProposeContext,
  type Proposer,
  applyEdits,
} from "@pawl/core";
import type { Languages } from "../syntax/languages.ts";
import { BlockFence, OUTSIDE_OF_BLOCKS } from "./block-fence.ts";
import { type Block, splitBlocks } from "./block-genome.ts";
import { type CodeNode, codeTree, nodesBetween } from "./code-tree.ts";
import { type CodeRegion, describeEdit, diffRegions, replayEdits } from "./edit-script.ts";

export interface BlockProposerOptions {
  readonly languages: Languages;
  /** Base texts of the files, by path; at least one of them has blocks. */
  readonly sources: Readonly<Record<string, string>>;
  /** Makes the mutations. */
  readonly inner: Proposer;
  /** Whether each mutation is kept to one block, drawn at random; else the inner proposer may change any of them. Default true. */
  readonly drawn?: boolean;
}

/** A block of one version of a file. */
interface Placed {
  readonly path: string;
  readonly block: Block;
}

/**
 * Proposes changes of marked blocks alone. A mutation is the inner proposer's, in one block drawn at random; a crossover takes one block
 * that differs from another candidate (`combine: "block"`); and evolution of thought makes the edits that one block of an elite went
 * through to another block (`combine: "thought"`; Morris et al. 2024, with edits in place of words). Whatever else the inner
 * proposer changes is refused.
 */
export class BlockProposer implements Proposer {
  readonly id: string;
  readonly concurrency?: number;
  readonly #o: BlockProposerOptions;
  readonly #fence: BlockFence;

  /** Throws a UsageError when the markers are not in order. */
  constructor(options: BlockProposerOptions) {
    this.#o = options;
    this.id = options.inner.id;
    if (options.inner.concurrency !== undefined) this.concurrency = options.inner.concurrency;
    this.#fence = new BlockFence(options.languages, options.sources);
  }

  get pending(): boolean {
    return this.#o.inner.pending === true;
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    const { inspirations, combine } = request;
    if (inspirations !== undefined && combine === "block") return yield* this.#cross(request, inspirations, context);
    if (inspirations !== undefined && combine === "thought") return yield* this.#think(request, inspirations, context);
    if (inspirations !== undefined || this.#o.drawn === false) return yield* this.#within(request, context);
    for (const { path, block } of context.rng.child("block").shuffle(this.#blocksIn(request.parent, context))) {
      const weights = only(path, block, request.weights, this.#textsOf(request.parent, context));
      yield* this.#within({ ...request, weights }, context);
    }
  }

  learn(experience: Experience): void {
    this.#o.inner.learn?.(experience);
  }

  missed(miss: Miss): void {
    this.#o.inner.missed?.(miss);
  }

  async close(): Promise<void> {
    await this.#o.inner.close?.();
  }

  /** What the inner proposer says, without what changes the frame. */
  async *#within(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    for await (const proposal of this.#o.inner.propose(request, context)) {
      const texts = this.#textsOf(proposal.parent ?? request.parent, context);
      const inside = Object.entries(proposal.edits).every(([path, edits]) => {
        const text = applyEdits(texts[path] ?? "", edits);
        return text !== null && this.#fence.keeps(path, text);
      });
      if (inside) yield proposal;
      else if (proposal.origin.mechanical !== true) context.note(`refused: ${OUTSIDE_OF_BLOCKS}`);
    }
  }

  *#cross({ parent }: ProposalRequest, others: readonly CandidateId[], context: ProposeContext): Generator<Proposal> {
    const own = this.#blocksIn(parent, context);
    for (const id of others) {
      const theirs = this.#blocksIn(id, context);
      const differing = own.flatMap((mine, i): (readonly [Placed, string])[] => {
        const other = theirs[i];
        return other === undefined || other.block.text === mine.block.text ? [] : [[mine, other.block.text]];
      });
      for (const [{ path, block }, text] of context.rng.child("cross", id).shuffle(differing)) {
        const edits = { [path]: [{ start: block.start, end: block.end, text }] };
        if (!this.#applies(edits, parent, context)) continue;
        yield { edits, origin: this.#origin(`${block.name} of another candidate`, [id], context) };
      }
    }
  }

  *#think({ parent }: ProposalRequest, elites: readonly CandidateId[], context: ProposeContext): Generator<Proposal> {
    const base = this.#regionsOf(context.archive.base.candidate.id, context);
    const own = this.#regionsOf(parent, context);
    for (const id of elites) {
      const elite = this.#regionsOf(id, context);
      const rng = context.rng.child("thought", id);
      const changed = base.map((_, i) => i).filter((i) => textIn(base[i]) !== textIn(elite[i]));
      for (const x of rng.shuffle(changed)) {
        const script = diffRegions((base[x] as Region).region, (elite[x] as Region).region);
        if (script.length === 0) continue;
        // Onto another block: onto its own it would be the elite's block, and no thought.
        for (const y of rng.child(x).shuffle(own.map((_, i) => i).filter((i) => i !== x))) {
          const { path, block, region } = own[y] as Region;
          const { edits, applied } = replayEdits(script, region, (text) => this.#fence.keeps(path, text));
          if (applied.length === 0) continue;
          const why = applied.map(describeEdit).join(", ");
          const from = (base[x] as Region).block.name;
          yield {
            edits: { [path]: edits },
            origin: this.#origin(`as ${from} went, ${block.name}: ${why}`.slice(0, 200), [id], context),
          };
        }
      }
    }
  }

  #applies(edits: Proposal["edits"], parent: CandidateId, context: ProposeContext): boolean {
    return Object.entries(edits).every(([path, list]) => {
      const text = applyEdits(context.read(parent, path), list);
      return text !== null && this.#fence.keeps(path, text);
    });
  }

  #origin(summary: string, from: readonly CandidateId[], context: ProposeContext): Proposal["origin"] {
    const mechanical = from.every((id) => {
      const { origin, parents } = (context.archive.get(id) as ArchiveEntry).candidate;
      return parents.length === 0 || origin.mechanical === true;
    });
    return { proposer: this.id, summary, ...(mechanical ? { mechanical: true as const } : {}) };
  }

  #textsOf(id: CandidateId, context: Pick<ProposeContext, "read">): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#fence.paths.map((path) => [path, context.read(id, path)]));
  }

  #blocksIn(id: CandidateId, context: Pick<ProposeContext, "read">): readonly Placed[] {
    return Object.entries(this.#textsOf(id, context)).flatMap(([path, text]) =>
      splitBlocks(text, path).blocks.map((block) => ({ path, block })),
    );
  }

  #regionsOf(id: CandidateId, context: Pick<ProposeContext, "read">): readonly Region[] {
    const trees = new Map<string, { readonly text: string; readonly root: CodeNode | null }>();
    for (const [path, text] of Object.entries(this.#textsOf(id, context)))
      trees.set(path, { text, root: codeTree(this.#o.languages, text, path) });
    return this.#blocksIn(id, context).map((placed) => {
      const { text, root } = trees.get(placed.path) as { readonly text: string; readonly root: CodeNode | null };
      const { start, end } = placed.block;
      return { ...placed, region: { text, start, end, nodes: root === null ? [] : nodesBetween(root, start, end) } };
    });
  }
}

interface Region extends Placed {
  readonly region: CodeRegion;
}

function textIn(region: Region | undefined): string | undefined {
  return region?.block.text;
}

/** The weights with every line outside of one block ruled out. */
function only(
  path: string,
  block: Block,
  weights: EditWeights | undefined,
  texts: Readonly<Record<string, string>>,
): EditWeights {
  const last = block.line + block.text.split("\n").length - 2;
  const byLine: Record<string, number> = { ...weights?.byLine };
  for (const [file, text] of Object.entries(texts)) {
    const lines = text.split("\n").length;
    for (let line = 1; line <= lines; line++)
      if (file !== path || line < block.line || line > last) byLine[`${file}:${line}`] = -Infinity;
  }
  return { ...weights, byLine };
}
