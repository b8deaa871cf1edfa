import type { CodeNode } from "./code-tree.ts";

/** The pairs, in order on both sides, that are most alike altogether: of the same kind, and by the words they share. */
export function alignNodes(
  before: readonly CodeNode[],
  after: readonly CodeNode[],
  source: string,
  target: string,
): readonly (readonly [number, number])[] {
  const [left, right] = [
    before.map((node) => source.slice(node.start, node.end)),
    after.map((node) => target.slice(node.start, node.end)),
  ];
  const alike = before.map((a, i) =>
    after.map((b, j) => (a.kind === b.kind ? likeness(left[i] as string, right[j] as string) : 0)),
  );
  const most = Array.from({ length: before.length + 1 }, () => new Float64Array(after.length + 1));
  const at = (i: number, j: number): number => (most[i] as Float64Array)[j] as number;
  const paired = (i: number, j: number): number => {
    const own = (alike[i] as number[])[j] as number;
    return own === 0 ? -1 : own + at(i + 1, j + 1);
  };
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      (most[i] as Float64Array)[j] = Math.max(paired(i, j), at(i + 1, j), at(i, j + 1));
  const pairs: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < before.length && j < after.length;) {
    if (paired(i, j) === at(i, j)) pairs.push([i++, j++]);
    else if (at(i + 1, j) === at(i, j)) i++;
    else j++;
  }
  return pairs;
}

/** A pair of one kind that has nothing in common is better than none. */
const SAME_KIND = 0.05;

/** From a little above 0 to 2 for the same text: the share of words in common (Dice 1945). */
function likeness(a: string, b: string): number {
  if (a === b) return 2;
  const [words, others] = [wordsOf(a), wordsOf(b)];
  const left = new Map<string, number>();
  for (const word of others) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of words) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    shared += 1;
  }
  return SAME_KIND + (2 * shared) / Math.max(1, words.length + others.length);
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\w+/g) ?? [];
}
