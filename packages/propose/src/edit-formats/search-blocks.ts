import type { EditContext } from "./edit-format.ts";
import { fenceOf } from "./fences.ts";
import { pathInHeading } from "./paths.ts";

/** A block as it stands in the answer. */
export interface SearchBlock {
  /** As written; null when none was. */
  readonly path: string | null;
  /** Search and replacement, once for each line of `=` that may separate them; none when there is no such line. */
  readonly variants: readonly { readonly search: readonly string[]; readonly replace: readonly string[] }[];
  /** What is wrong with its form. */
  readonly fault: string | null;
  /** It has no end. */
  readonly unfinished: boolean;
  /** The end of a Markdown block stands where its own end is missing. */
  readonly closedByFence: boolean;
}

const START = /^[ \t>]*<{5,9}[ \t]*(.*)$/;
const DIVIDER = /^[ \t>]*={5,9}[ \t]*$/;
const END = /^[ \t>]*>{5,9}[ \t]*(?:\w.*)?$/;
const SEARCH_WORDS = /^[#*\s]*(?:search|find|original|before|old)(?: (?:for|text|code|block|this))?[\s*:]*$/i;
const REPLACE_WORDS =
  /^[#*\s]*(?:replace|replacement|after|new|updated)(?: (?:with|by|text|code|block|this|it with))?[\s*:]*$/i;

/** The blocks of an answer in their order, and its other lines. */
export function readBlocks(
  lines: readonly string[],
  context: EditContext,
): { readonly blocks: readonly SearchBlock[]; readonly rest: readonly string[] } {
  const blocks: SearchBlock[] = [];
  const rest: string[] = [];
  let i = 0;
  let since = 0;
  while (i < lines.length) {
    const start = START.exec(lines[i] as string);
    if (start === null) {
      const spoken = blockInWords(lines, i, headingAbove(lines, i, since, context));
      if (spoken !== null) {
        blocks.push(spoken.block);
        since = i = spoken.next;
      } else {
        rest.push(lines[i] as string);
        i += 1;
      }
      continue;
    }
    const path = pathInMarker(start[1] as string, context) ?? headingAbove(lines, i, since, context);
    let end = i + 1;
    while (end < lines.length && !END.test(lines[end] as string) && !START.test(lines[end] as string)) end += 1;
    const finished = end < lines.length && END.test(lines[end] as string);
    blocks.push(readBlock(lines.slice(i + 1, end), path, finished, context));
    since = i = finished ? end + 1 : end;
  }
  return { blocks, rest };
}

function readBlock(body: readonly string[], path: string | null, finished: boolean, context: EditContext): SearchBlock {
  let inner = body;
  let own = path;
  let closedByFence = false;
  if (!finished) {
    const divider = inner.findIndex((line) => DIVIDER.test(line));
    const fence = inner.findIndex((line, i) => i > divider && fenceOf(line)?.info === "");
    if (divider !== -1 && fence !== -1) {
      inner = inner.slice(0, fence);
      closedByFence = true;
    }
  }
  // A path as the first line of the search part, where its file has no such line.
  const first = inner[0]?.trim() ?? "";
  if (own === null && first !== "" && (context.editable.includes(first) || Object.hasOwn(context.files, first))) {
    own = first;
    inner = inner.slice(1);
  }
  const dividers = inner.flatMap((line, i) => (DIVIDER.test(line) ? [i] : []));
  // Seven is the number that is asked for; others count when there is none of seven.
  const exact = dividers.filter((at) => inner[at]?.trim() === "=======");
  const variants = (exact.length > 0 ? exact : dividers).map((at) => {
    const search = withoutFences(inner.slice(0, at));
    return { search, replace: withoutFences(inner.slice(at + 1)) };
  });
  const fault =
    dividers.length === 0
      ? finished
        ? "has no line '=======' between what to look for and what to put there; write the block again"
        : "breaks off before its line '======='; write the block again"
      : finished
        ? null
        : "has no line '>>>>>>> REPLACE' at its end, so that it may be cut; write the block again";
  return { path: own, variants, fault, unfinished: !finished, closedByFence };
}

/** Without a Markdown fence around it, or one that opens or closes in it alone. */
function withoutFences(lines: readonly string[]): readonly string[] {
  const fences = lines.flatMap((line, i) => (fenceOf(line) === null ? [] : [i]));
  const solid = lines.flatMap((line, i) => (line.trim() === "" ? [] : [i]));
  const first = solid[0];
  const last = solid.at(-1);
  if (fences.length === 2 && fences[0] === first && fences[1] === last) return lines.slice((first as number) + 1, last);
  if (fences.length === 1 && fences[0] === last) return lines.slice(0, last);
  if (fences.length === 1 && fences[0] === first) return lines.slice((first as number) + 1);
  return lines;
}

function pathInMarker(label: string, context: EditContext): string | null {
  const rest = label.replace(/^(?:search|original|head|find|old|before)\b[:\s]*/i, "");
  return rest === "" ? null : pathInHeading(rest, context);
}

/** A path on one of the three lines with text above a block, a fence with one included, as far as the last block. */
function headingAbove(lines: readonly string[], at: number, since: number, context: EditContext): string | null {
  let seen = 0;
  for (let i = at - 1; i >= since && seen < 3; i -= 1) {
    const line = lines[i] as string;
    if (line.trim() === "") continue;
    const fence = fenceOf(line);
    if (fence !== null) {
      const found =
        fence.info === ""
          ? null
          : pathInHeading(
              fence.info.replace(/^[\w+#-]+[\s:]+/, "").replace(/^(?:title|file(?:name)?|path)=/, ""),
              context,
            );
      if (found !== null) return found;
      continue;
    }
    seen += 1;
    const found = pathInHeading(line, context);
    if (found !== null) return found;
  }
  return null;
}

/** "SEARCH:" and "REPLACE:" as headings of two code blocks, without the marks. */
function blockInWords(
  lines: readonly string[],
  at: number,
  path: string | null,
): { readonly block: SearchBlock; readonly next: number } | null {
  if (!SEARCH_WORDS.test(lines[at] as string)) return null;
  const search = fencedBelow(lines, at + 1);
  if (search === null) return null;
  let heading = search.next;
  while (lines[heading]?.trim() === "") heading += 1;
  if (!REPLACE_WORDS.test(lines[heading] ?? "")) return null;
  const replacement = fencedBelow(lines, heading + 1);
  if (replacement === null) return null;
  const variants = [{ search: search.lines, replace: replacement.lines }];
  const fault = replacement.closed ? null : "is not closed at its end, so that it may be cut; write the block again";
  return {
    block: { path, variants, fault, unfinished: !replacement.closed, closedByFence: false },
    next: replacement.next,
  };
}

function fencedBelow(
  lines: readonly string[],
  from: number,
): { readonly lines: readonly string[]; readonly next: number; readonly closed: boolean } | null {
  let open = from;
  while (lines[open]?.trim() === "") open += 1;
  if (fenceOf(lines[open] ?? "") === null) return null;
  let close = open + 1;
  while (close < lines.length && fenceOf(lines[close] as string)?.info !== "") close += 1;
  return { lines: lines.slice(open + 1, close), next: close + 1, closed: close < lines.length };
}
