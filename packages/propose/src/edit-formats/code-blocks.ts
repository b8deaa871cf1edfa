import type { Reading } from "./answer.ts";
import { blockAt, fenceOf, inside, withoutNumbers } from "./fences.ts";
import { pathInHeading } from "./paths.ts";

/** A block of code in an answer. */
export interface CodeBlock {
  /** The file it is said to be of; null when nothing says so. */
  readonly path: string | null;
  readonly lines: readonly string[];
  /** Its end was found. */
  readonly closed: boolean;
}

/**
 * The fenced blocks of an answer, with the path above each, in its fence or as a comment on its first line. `isWhole` tells whether code is
 * complete: it decides where a block ends that has fences inside. An answer without any fence is one block when all of it is code.
 */
export function codeBlocks(
  lines: readonly string[],
  reading: Reading,
  isWhole: (code: string, path: string | null) => boolean,
): { readonly blocks: readonly CodeBlock[]; readonly rest: readonly string[] } {
  const blocks: CodeBlock[] = [];
  const rest: string[] = [];
  let since = 0;
  for (let i = 0; i < lines.length;) {
    const block = blockAt(lines, i);
    if (block === null) {
      rest.push(lines[i] as string);
      i += 1;
      continue;
    }
    const heading = headingOf(lines, i, since, block.fence.info, reading);
    let { close } = block;
    let code = block.lines;
    let path = heading;
    const commented = path === null ? pathInComment(code, reading) : null;
    const isComplete = (text: readonly string[]): boolean => isWhole(text.join("\n"), path ?? commented);
    if (close < lines.length && !isComplete(code)) {
      // The last of them: nothing closes it.
      const ends = [...block.otherEnds, lines.length];
      const later = ends.find((end) => isComplete(inside(lines, block.fence, i, end)));
      if (later !== undefined) {
        close = later;
        code = inside(lines, block.fence, i, later);
        reading.note("a block of code holds fences of its own");
      }
    }
    if (path === null && commented !== null) {
      path = commented;
      code = code.slice(1);
    }
    blocks.push({ path, lines: unnumbered(code, reading), closed: close < lines.length });
    since = i = close + 1;
  }
  if (blocks.length > 0) return { blocks, rest };
  const bare = withoutEnds(lines);
  const first = bare[0] === undefined ? null : pathInHeading(bare[0], reading.context);
  const known = first !== null && bare[0]?.trim().includes(" ") === false;
  const body = withoutEnds(known ? bare.slice(1) : bare);
  if (body.length > 0 && isWhole(body.join("\n"), known ? first : null)) {
    reading.note("the code comes without a fence around it");
    return { blocks: [{ path: known ? first : null, lines: unnumbered(body, reading), closed: true }], rest: [] };
  }
  return { blocks, rest };
}

function unnumbered(lines: readonly string[], reading: Reading): readonly string[] {
  const without = withoutNumbers(lines);
  if (without === null) return lines;
  reading.note("line numbers were taken off");
  return without;
}

function withoutEnds(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => line.trim() !== "");
  return from === -1 ? [] : lines.slice(from, lines.findLastIndex((line) => line.trim() !== "") + 1);
}

/** A path on one of the two lines with text above a block, or behind its fence. */
function headingOf(
  lines: readonly string[],
  at: number,
  since: number,
  info: string,
  { context }: Reading,
): string | null {
  const words = info.replace(/^[\w+#-]+(?=[\s:{]|$)[\s:{]*/, "").replace(/^(?:title|file(?:name)?|path)=/, "");
  const inFence =
    words === "" ? (/[./]/.test(info) ? pathInHeading(info, context) : null) : pathInHeading(words, context);
  if (inFence !== null) return inFence;
  let seen = 0;
  for (let i = at - 1; i >= since && seen < 2; i -= 1) {
    const line = lines[i] as string;
    if (line.trim() === "") continue;
    if (fenceOf(line) !== null) return null;
    seen += 1;
    const found = pathInHeading(line, context);
    if (found !== null) return found;
  }
  return null;
}

/** A path that is all there is in a comment on the first line. */
function pathInComment(lines: readonly string[], { context }: Reading): string | null {
  const text = /^\s*(?:\/\/|#|\/\*|<!--)\s*(?:file(?:name)?:\s*|path:\s*)?(\S+)\s*(?:\*\/|-->)?\s*$/i.exec(
    lines[0] ?? "",
  )?.[1];
  return text !== undefined && /[./]/.test(text) ? pathInHeading(text, context) : null;
}
