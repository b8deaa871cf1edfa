import { commonPairs } from "./lcs.js";
import { splitLines, splitWords } from "./tokens.js";

/**
 * A diff is a list of { kind: "same" | "delete" | "insert", items }; what is
 * deleted comes before what is inserted in its place.
 */
export function diffItems(a, b, same) {
  const parts = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...commonPairs(a, b, same), [a.length, b.length]]) {
    add(parts, "delete", a.slice(i, nextI));
    add(parts, "insert", b.slice(j, nextJ));
    if (nextI < a.length) add(parts, "same", [a[nextI]]);
    i = nextI + 1;
    j = nextJ + 1;
  }
  return parts;
}

function add(parts, kind, items) {
  if (items.length === 0) return;
  const last = parts.at(-1);
  if (last?.kind === kind) last.items.push(...items);
  else parts.push({ kind, items: [...items] });
}

export function diffLines(a, b, { ignoreBlanks = false } = {}) {
  const same = ignoreBlanks ? (x, y) => squeeze(x) === squeeze(y) : undefined;
  return diffItems(splitLines(a), splitLines(b), same);
}

export function diffWords(a, b) {
  return diffItems(splitWords(a), splitWords(b));
}

function squeeze(line) {
  return line.trim().replace(/\s+/g, " ");
}

/** How alike two texts are, from 0 to 1: twice the common items by all items. */
export function similarity(a, b) {
  const [itemsA, itemsB] = [splitWords(a), splitWords(b)];
  const total = itemsA.length + itemsB.length;
  return total === 0 ? 1 : (2 * commonPairs(itemsA, itemsB).length) / total;
}
