import { Reading, answerLines } from "./answer.ts";
import type { Draft } from "./draft.ts";
import type { EditFormat } from "./edit-format.ts";
import { elidedLine } from "./elision.ts";
import { readDiff, type DiffHunk } from "./diff-lines.ts";
import { fenceOf } from "./fences.ts";
import { locate } from "./locate.ts";
import { newLines, oldLines } from "./hunk.ts";
import { placeHunk } from "./place-hunk.ts";

/** A unified diff. Numbers of lines are hints: what counts is the text of the lines. */
export const unifiedDiff: EditFormat = {
  id: "unified-diff",
  instructions: [
    "Write the change as one unified diff in a block of code, with three lines of context around every change:",
    "",
    "```diff",
    "--- a/path/of/the/file",
    "+++ b/path/of/the/file",
    "@@ -3,4 +3,4 @@",
    " a line that stays",
    "-a line that goes",
    "+a line that comes",
    " a line that stays",
    "```",
    "",
    "Copy lines that stay or go exactly, behind the blank or the minus. Leave no line out.",
  ].join("\n"),
  parse(answer, context) {
    const reading = new Reading(answer, context);
    const { hunks, rest, refused } = readDiff(answerLines(answer.text, reading), context);
    reading.explain(rest.filter((line) => fenceOf(line) === null));
    for (const { path, reason } of refused) reading.problem(path, reason);
    hunks.forEach((hunk, i) =>
      applyHunk(reading, hunk, hunks.length === 1 ? "the hunk" : `hunk ${i + 1}`, i === hunks.length - 1),
    );
    return reading.finish();
  },
};

function applyHunk(reading: Reading, hunk: DiffHunk, name: string, isLast: boolean): void {
  reading.attempted = true;
  const path = hunk.path ?? reading.onlyPath ?? pathByText(reading, hunk);
  if (path === null)
    return reading.problem(null, `${name} does not say which file it is for; write the lines '---' and '+++'`);
  if (hunk.path === null) reading.note(`${name} comes without a path and was taken for ${path}`);
  const draft = reading.open(path);
  if (draft === null) return;
  if (reading.cut && isLast && !hunk.complete)
    return reading.problem(draft.path, `${name} breaks off; write the diff again`);
  const changes = hunk.lines.some(({ kind }) => kind !== "keep");
  if (!changes && hunk.finalBreak === null)
    return reading.problem(draft.path, `${name} changes nothing: it has no line with + or -`);
  const old = oldLines(hunk.lines);
  const done =
    atItsNumber(draft, hunk, name) ??
    (!changes
      ? { notes: [] }
      : old.every((line) => line.trim() === "")
        ? {
            reason: `${name} has no line of context, so that its place is not certain; write the lines before and after the change, too`,
          }
        : placeHunk(draft, hunk.lines, {
            name,
            gaps: "any",
            fuzz: 2,
            ...(hunk.line === null ? {} : { line: hunk.line }),
          }));
  if ("reason" in done) return reading.problem(draft.path, done.reason);
  for (const note of done.notes) reading.note(note);
  if (hunk.finalBreak !== null) draft.setFinalBreak(hunk.finalBreak);
  const first = draft.lines.findIndex((line) => line === old[0]) + 1;
  if (hunk.line !== null && old.length > 0 && first > 0 && hunk.line > draft.original.split("\n").length)
    reading.note(`${name}: the numbers of its lines are wrong`);
}

/** Applies a hunk whose numbers are in order where they say, when exactly its old lines are there; null when they are not. */
function atItsNumber(draft: Draft, hunk: DiffHunk, name: string): { notes: string[] } | null {
  const old = oldLines(hunk.lines);
  const lines = draft.lines;
  if (hunk.line === null || !hunk.countsFit) return null;
  if (elidedLine(newLines(hunk.lines), lines) !== null) return null;
  // A hunk without old lines names the line before it.
  const behind = old.length === 0 && hunk.line > 0;
  const at = hunk.line === 0 ? 0 : draft.indexOf(hunk.line);
  if (at === -1 || !old.every((line, i) => lines[at + i] === line)) return null;
  const from = behind ? at + 1 : at;
  draft.replaceLines(from, from + old.length, newLines(hunk.lines));
  return { notes: behind ? [`${name} has no line of context; its line number was taken`] : [] };
}

function pathByText(reading: Reading, hunk: DiffHunk): string | null {
  const old = oldLines(hunk.lines);
  const holding = reading.editablePaths.filter(
    (path) => locate(reading.currentLines(path), old, { gaps: "any" }).length > 0,
  );
  return holding.length === 1 ? (holding[0] as string) : null;
}
