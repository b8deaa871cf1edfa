import { Reading, answerLines } from "./answer.ts";
import type { EditFormat } from "./edit-format.ts";
import { fenceOf, withoutNumbers } from "./fences.ts";
import { hunkBetween } from "./hunk.ts";
import { locate } from "./locate.ts";
import { pathInHeading } from "./paths.ts";
import { placeHunk } from "./place-hunk.ts";
import { readBlocks, type SearchBlock } from "./search-blocks.ts";
import type { Draft } from "./draft.ts";

/** Blocks of what to look for and what to put there. */
export const searchReplace: EditFormat = {
  id: "search-replace",
  instructions: [
    "Write each change as a block of this form, with the path of the file on the line before it:",
    "",
    "path/of/the/file",
    "<<<<<<< SEARCH",
    "lines as they are now",
    "=======",
    "lines as they shall be",
    ">>>>>>> REPLACE",
    "",
    "Copy the lines to look for exactly, with their indentation, and enough of them to stand at one place of the file only.",
    "Leave nothing out: no '...' and no 'rest unchanged'. Several blocks are allowed, also for one file.",
  ].join("\n"),
  parse(answer, context) {
    const reading = new Reading(answer, context);
    const { blocks, rest } = readBlocks(answerLines(answer.text, reading), context);
    reading.explain(rest.filter((line) => fenceOf(line) === null && pathInHeading(line, context) !== line.trim()));
    const done = new Set<string>();
    let lastPath: string | null = null;
    blocks.forEach((block, i) => {
      const name = blocks.length === 1 ? "the SEARCH text" : `the SEARCH text of block ${i + 1}`;
      const key = JSON.stringify([block.path, block.variants[0]]);
      if (done.has(key)) reading.note(`block ${i + 1} repeats an earlier one`);
      else lastPath = applyBlock(reading, block, name, lastPath) ?? lastPath;
      done.add(key);
    });
    return reading.finish();
  },
};

/** Applies one block, and says to which file. */
function applyBlock(reading: Reading, block: SearchBlock, name: string, lastPath: string | null): string | null {
  reading.attempted = true;
  if (block.variants.length === 0) {
    reading.problem(block.path, `${name.replace("the SEARCH text", "the block")} ${block.fault ?? "is not complete"}`);
    return null;
  }
  if (block.fault !== null) {
    const whole = block.unfinished && reading.cut;
    if (whole || block.variants.length > 1 || !block.closedByFence) {
      reading.problem(block.path, `${name.replace("the SEARCH text", "the block")} ${block.fault}`);
      return null;
    }
    reading.note(`${name}: ${block.fault}; the end of the code block was taken for it`);
  }
  const path = block.path ?? reading.onlyPath ?? pathByText(reading, block, lastPath);
  if (path === null) {
    reading.problem(null, `${name} comes without the path of its file; write the path on the line before the block`);
    return null;
  }
  if (block.path === null) reading.note(`${name} comes without a path and was taken for ${path}`);
  const draft = reading.open(path);
  if (draft === null) return null;
  const fitting = block.variants.filter(({ search }) => locate(draft.lines, search).length > 0);
  if (fitting.length > 1) {
    reading.problem(
      draft.path,
      `${name} has more than one line of '=', and it cannot be told which one separates it from its replacement; make the block smaller`,
    );
    return draft.path;
  }
  const variant = fitting[0] ?? block.variants[0];
  if (variant !== undefined) replace(reading, draft, variant.search, variant.replace, name);
  return draft.path;
}

/** The only file that may change in which the text stands; of several, the one that was edited last. */
function pathByText(reading: Reading, block: SearchBlock, lastPath: string | null): string | null {
  const holding = reading.editablePaths.filter((path) =>
    block.variants.some(({ search }) => locate(reading.currentLines(path), search).length > 0),
  );
  if (holding.length === 1) return holding[0] as string;
  return lastPath !== null && holding.includes(lastPath) ? lastPath : null;
}

/** Replaces lines of a draft, or a part of one line; says what was overlooked or why not. */
export function replace(
  reading: Reading,
  draft: Draft,
  search: readonly string[],
  replacement: readonly string[],
  name: string,
): void {
  const solid = search.filter((line) => line.trim() !== "");
  if (solid.length === 0) {
    if (draft.lines.every((line) => line.trim() === "")) draft.replaceLines(0, draft.lines.length, replacement);
    else reading.problem(draft.path, `${name} is empty; quote the lines next to which the new ones belong`);
    return;
  }
  if (search.length === replacement.length && search.every((line, i) => line === replacement[i])) {
    reading.problem(draft.path, `${name} and its replacement are the same; nothing would change`);
    return;
  }
  if (locate(draft.lines, search).length === 0) {
    const numbered = withoutNumbers(search);
    if (numbered !== null && locate(draft.lines, numbered).length > 0) {
      reading.note(`${name}: line numbers were taken off`);
      const after = withoutNumbers(replacement) ?? replacement.map((line) => line.replace(/^\s*\d+\s?[|:→\t] ?/, ""));
      replace(reading, draft, numbered, after, name);
      return;
    }
    if (replacePart(reading, draft, search, replacement, name)) return;
  }
  const placed = placeHunk(draft, hunkBetween(search, replacement), { name });
  if ("reason" in placed) reading.problem(draft.path, placed.reason);
  else for (const note of placed.notes) reading.note(note);
}

/** Replaces a piece of text that begins or ends in the middle of a line, when it stands at one place only. */
function replacePart(
  reading: Reading,
  draft: Draft,
  search: readonly string[],
  replacement: readonly string[],
  name: string,
): boolean {
  const text = search.join("\n").trim();
  if (!/\w/.test(text) || text.length < 3) return false;
  const body = draft.body;
  const places = allIndexesOf(body, text).filter((at) => standsAlone(body, at, at + text.length));
  const [at] = places;
  if (at === undefined) return false;
  if (places.length > 1) {
    const lines = places.map((place) => draft.numberOf(body.slice(0, place).split("\n").length - 1));
    reading.problem(
      draft.path,
      `${name} stands at ${places.length} places in ${draft.path}, lines ${lines.join(", ")}; quote whole lines, and more of them`,
    );
    return true;
  }
  draft.replaceRange(at, at + text.length, replacement.join("\n").trim());
  reading.note(`${name} is a part of a line`);
  return true;
}

function allIndexesOf(body: string, text: string): number[] {
  const found: number[] = [];
  for (let at = body.indexOf(text); at !== -1; at = body.indexOf(text, at + 1)) found.push(at);
  return found;
}

/** True when the range does not begin or end within a word. */
function standsAlone(body: string, start: number, end: number): boolean {
  const inWord = (at: number): boolean => /\w/.test(body[at - 1] ?? "") && /\w/.test(body[at] ?? "");
  return !inWord(start) && !inWord(end);
}
