import { UsageError } from "@pawl/core";

/** A marked region of a file: the lines between its two markers. */
export interface Block {
  readonly name: string;
  /** UTF-16 offsets [start, end) into the file: the lines between the markers, the last line break included. */
  readonly start: number;
  readonly end: number;
  /** 1-based line of its first line. */
  readonly line: number;
  readonly text: string;
}

/** A file cut at its markers: the blocks, and what lies before, between and after them (one piece more than there are blocks). */
export interface BlockGenome {
  readonly path: string;
  readonly blocks: readonly Block[];
  readonly frame: readonly string[];
}

const MENTION = /pawl:(?:block|end)\b/;
const NAME = /^[A-Za-z_][\w-]*$/;

/**
 * Cuts a text at its markers, comments that stand alone on a line: `// pawl:block name` … `// pawl:end` (or `/* … *\/`), in Python
 * `# pawl:block name` … `# pawl:end`. A text without markers has no blocks. Throws a UsageError that names the line of a marker that is not
 * closed, not opened, inside of another block, without a name of its own, or beside something else.
 */
export function splitBlocks(text: string, path: string): BlockGenome {
  const blocks: Block[] = [];
  const frame: string[] = [];
  let frameStart = 0;
  let open: { readonly name: string; readonly start: number; readonly line: number } | null = null;
  let [offset, line] = [0, 0];
  for (const whole of text.split("\n")) {
    line += 1;
    const start = offset;
    offset += whole.length + 1;
    if (!MENTION.test(whole)) continue;
    const marker = markerOf(whole, path);
    const wrong = (what: string, todo: string): UsageError => new UsageError({ what, where: `${path}:${line}`, todo });
    if (marker === null)
      throw wrong(
        "a marker of a block stands beside something else, or is in no comment",
        "Write it as a comment on a line of its own.",
      );
    if (marker.kind === "end") {
      if (open === null)
        throw wrong("'pawl:end' without 'pawl:block'", "Open the block before it, or remove the marker.");
      blocks.push({
        name: open.name,
        start: open.start,
        end: start,
        line: open.line,
        text: text.slice(open.start, start),
      });
      frameStart = start;
      open = null;
      continue;
    }
    const { name } = marker;
    if (open !== null)
      throw wrong(
        `the block '${name}' begins inside of the block '${open.name}'`,
        `Close '${open.name}' before it with a comment 'pawl:end': blocks do not nest.`,
      );
    if (!NAME.test(name))
      throw wrong(
        name === "" ? "a block has no name" : `'${name}' is not a name for a block`,
        "Write 'pawl:block' and a name of letters, digits, - and _.",
      );
    if (blocks.some((each) => each.name === name))
      throw wrong(`two blocks are called '${name}'`, "Give each block of a file a name of its own.");
    open = { name, start: Math.min(offset, text.length), line: line + 1 };
    frame.push(text.slice(frameStart, open.start));
  }
  if (open !== null)
    throw new UsageError({
      what: `the block '${open.name}' is not closed`,
      where: `${path}:${open.line - 1}`,
      todo: "Add a comment 'pawl:end' after it.",
    });
  frame.push(text.slice(frameStart));
  return { path, blocks, frame };
}

/** The blocks of several files; throws a UsageError when there are none at all. */
export function blocksOf(sources: Readonly<Record<string, string>>): readonly BlockGenome[] {
  const genomes = Object.entries(sources).map(([path, text]) => splitBlocks(text, path));
  if (genomes.some(({ blocks }) => blocks.length > 0)) return genomes;
  throw new UsageError({
    what: "the files have no marked blocks",
    where: Object.keys(sources).join(", "),
    todo: "Put comments around what may change: 'pawl:block name' before it and 'pawl:end' after it.",
  });
}

/** The text that the pieces make: the opposite of `splitBlocks`, with other texts for the blocks. */
export function joinBlocks(frame: readonly string[], blocks: readonly string[]): string {
  if (frame.length !== blocks.length + 1)
    throw new RangeError(`${blocks.length} blocks do not fit into a frame of ${frame.length} pieces`);
  return frame.map((piece, i) => piece + (blocks[i] ?? "")).join("");
}

/** The other text cut where this one is; null when its markers or anything outside of the blocks are different. */
export function sameFrame(genome: BlockGenome, text: string): BlockGenome | null {
  let other: BlockGenome;
  try {
    other = splitBlocks(text, genome.path);
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
  const same = other.frame.length === genome.frame.length && other.frame.every((piece, i) => piece === genome.frame[i]);
  return same ? other : null;
}

/** Offsets of the text's frame pieces. */
export function frameSpans({
  frame,
  blocks,
}: BlockGenome): readonly { readonly start: number; readonly end: number }[] {
  return frame.map((piece, i) => {
    const start = i === 0 ? 0 : (blocks[i - 1] as Block).end;
    return { start, end: start + piece.length };
  });
}

function markerOf(
  line: string,
  path: string,
): { readonly kind: "block"; readonly name: string } | { readonly kind: "end" } | null {
  const bare = line.replace(/\r$/, "");
  const inside = path.toLowerCase().endsWith(".py")
    ? /^\s*#(.*)$/.exec(bare)?.[1]
    : (/^\s*\/\/(.*)$/.exec(bare)?.[1] ?? /^\s*\/\*(.*)\*\/\s*$/.exec(bare)?.[1]);
  const found = /^\s*pawl:(block|end)\b\s*(.*?)\s*$/.exec(inside ?? "");
  if (found === null) return null;
  if (found[1] === "block") return { kind: "block", name: found[2] ?? "" };
  return found[2] === "" ? { kind: "end" } : null;
}
