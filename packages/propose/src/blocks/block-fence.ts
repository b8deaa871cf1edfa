import type { Languages } from "../syntax/languages.ts";
import { type BlockGenome, blocksOf, frameSpans, sameFrame } from "./block-genome.ts";
import { below, codeTree } from "./code-tree.ts";

export const OUTSIDE_OF_BLOCKS = "it changes something outside of the blocks";

/** What of some files has to stay as it is: everything outside of their marked blocks. */
export class BlockFence {
  readonly #languages: Languages;
  readonly #genomes: ReadonlyMap<string, BlockGenome>;
  readonly #frames = new Map<string, string>();

  /** `sources`: base texts by path. Throws a UsageError when the markers are not in order. */
  constructor(languages: Languages, sources: Readonly<Record<string, string>>) {
    this.#languages = languages;
    this.#genomes = new Map(blocksOf(sources).map((genome) => [genome.path, genome]));
    for (const genome of this.#genomes.values())
      this.#frames.set(genome.path, this.#startsIn(genome, sourceOf(genome)));
  }

  /** Files that have blocks. */
  get paths(): readonly string[] {
    return [...this.#genomes.keys()];
  }

  /** Nothing outside of the blocks is changed, nor hidden by what is inside: in a comment, in a text. */
  keeps(path: string, text: string): boolean {
    const genome = this.#genomes.get(path);
    const other = genome === undefined ? null : sameFrame(genome, text);
    return other !== null && this.#startsIn(other, text) === this.#frames.get(path);
  }

  /** Where the nodes of the frame begin, counted from the start of their piece: what a comment swallows is missing. */
  #startsIn(genome: BlockGenome, text: string): string {
    const root = codeTree(this.#languages, text, genome.path);
    if (root === null) return "";
    const starts = [...below(root)].map((node) => node.start);
    const pieces = frameSpans(genome).map((piece) => [
      ...new Set(starts.filter((start) => start >= piece.start && start < piece.end).map((at) => at - piece.start)),
    ]);
    return JSON.stringify(pieces);
  }
}

function sourceOf({ frame, blocks }: BlockGenome): string {
  return frame.map((piece, i) => piece + (blocks[i]?.text ?? "")).join("");
}
