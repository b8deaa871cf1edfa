/** A line that opens or closes a block of code in Markdown. */
export interface Fence {
  readonly indent: string;
  readonly mark: string;
  /** Behind the mark: a language, a path, or nothing. */
  readonly info: string;
}

export function fenceOf(line: string): Fence | null {
  const match = /^([ \t]*(?:>[ \t]?)?)(`{3,}|~{3,})[ \t]*([^`]*)$/.exec(line);
  return match === null
    ? null
    : { indent: match[1] as string, mark: match[2] as string, info: (match[3] as string).trim() };
}

/** True when a line can close the block that a fence opened. */
export function closes(line: string, opening: Fence): boolean {
  const fence = fenceOf(line);
  return (
    fence !== null && fence.info === "" && fence.mark[0] === opening.mark[0] && fence.mark.length >= opening.mark.length
  );
}

export interface Block {
  readonly fence: Fence;
  /** Index of the opening line. */
  readonly open: number;
  /** Index of the closing line; the number of lines when nothing closes it. */
  readonly close: number;
  /** Lines between, without the indentation of the fence. */
  readonly lines: readonly string[];
  /** Other lines that could close it, later ones. */
  readonly otherEnds: readonly number[];
}

/** The block opened at a line; null when none is. Blocks with a language inside it are taken as nested. */
export function blockAt(lines: readonly string[], open: number): Block | null {
  const fence = fenceOf(lines[open] ?? "");
  if (fence === null) return null;
  const ends: number[] = [];
  let depth = 0;
  for (let i = open + 1; i < lines.length; i += 1) {
    const inner = fenceOf(lines[i] as string);
    if (inner === null) continue;
    if (closes(lines[i] as string, fence)) {
      if (depth === 0) ends.push(i);
      else depth -= 1;
    } else if (inner.info !== "" && inner.mark.length >= fence.mark.length && inner.indent.length > fence.indent.length)
      depth += 1;
    else if (inner.info !== "" && ends.length > 0) break;
  }
  const close = ends[0] ?? lines.length;
  return { fence, open, close, lines: inside(lines, fence, open, close), otherEnds: ends.slice(1) };
}

export function inside(lines: readonly string[], fence: Fence, open: number, close: number): string[] {
  const { indent } = fence;
  return lines
    .slice(open + 1, close)
    .map((line) => (indent !== "" && line.startsWith(indent) ? line.slice(indent.length) : line));
}

const NUMBERED = /^\s*(\d+)\s?[|:→\t] ?(.*)$/;

/** Lines without the numbers that every one of them begins with, counting up by one; null when they do not. */
export function withoutNumbers(lines: readonly string[]): string[] | null {
  const result: string[] = [];
  let last: number | null = null;
  for (const line of lines) {
    const match = NUMBERED.exec(line);
    if (match === null || (last !== null && Number(match[1]) !== last + 1)) return null;
    last = Number(match[1]);
    result.push(match[2] as string);
  }
  return result.length < 2 ? null : result;
}
