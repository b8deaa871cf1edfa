import { diffLines } from "../diff/diff.js";
import { toHunks } from "../diff/hunks.js";

const SIGNS = { same: " ", delete: "-", insert: "+" };

/** The text of a patch as "diff -u" writes it, or "" when there is no difference. */
export function unifiedDiff(a, b, { from = "a", to = "b", context = 3 } = {}) {
  const hunks = toHunks(diffLines(a, b), context);
  if (hunks.length === 0) return "";
  return [`--- ${from}\n`, `+++ ${to}\n`, ...hunks.map(formatHunk)].join("");
}

export function formatHunk({ oldStart, oldCount, newStart, newCount, lines }) {
  const head = `@@ -${position(oldStart, oldCount)} +${position(newStart, newCount)} @@\n`;
  return head + lines.map(formatLine).join("");
}

/** Lines count from 1, an empty range stands after the line it names, and a count of 1 is left out. */
function position(start, count) {
  const line = count === 0 ? start : start + 1;
  return count === 1 ? `${line}` : `${line},${count}`;
}

function formatLine({ kind, text }) {
  const ending = text.endsWith("\n") ? "" : "\n\\ No newline at end of file\n";
  return `${SIGNS[kind]}${text}${ending}`;
}
