import { splitLines } from "../diff/tokens.js";
import { locate } from "./locate.js";

export class PatchError extends Error {
  name = "PatchError";
}

/** The text with all hunks applied; hunks may have moved by up to `fuzz` lines. */
export function applyPatch(text, hunks, { fuzz = 100 } = {}) {
  const lines = splitLines(text);
  let shift = 0;
  for (const [index, hunk] of hunks.entries()) {
    const old = hunk.lines.filter((line) => line.kind !== "insert").map((line) => line.text);
    const fresh = hunk.lines.filter((line) => line.kind !== "delete").map((line) => line.text);
    const expected = hunk.oldStart + shift;
    const at = locate(lines, old, expected, fuzz);
    if (at === -1) throw new PatchError(`hunk ${index + 1} does not fit`);
    lines.splice(at, old.length, ...fresh);
    shift += fresh.length - old.length + (at - expected);
  }
  return lines.join("");
}

/** Hunks that take the change back. */
export function reverse(hunks) {
  const kinds = { same: "same", delete: "insert", insert: "delete" };
  return hunks.map((hunk) => ({
    oldStart: hunk.newStart,
    oldCount: hunk.newCount,
    newStart: hunk.oldStart,
    newCount: hunk.oldCount,
    lines: hunk.lines.map(({ kind, text }) => ({ kind: kinds[kind], text })),
  }));
}
