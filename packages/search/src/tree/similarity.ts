import type { FileChange } from "@pawl/core";

const SHARE_OF_FILES = 0.4;
const SHARE_OF_PLACES = 0.2;
const SHARE_OF_TEXT = 0.4;

/**
 * How alike two patches are, in [0, 1], with the weights of SWE-Search's published code: files in common (Jaccard), places in common (Jaccard
 * of the replaced ranges), and the new texts (Dice on pairs of characters).
 */
export function similarityOfPatches(a: readonly FileChange[], b: readonly FileChange[]): number {
  const [first, second] = [new Map(a.map((each) => [each.path, each])), new Map(b.map((each) => [each.path, each]))];
  const paths = new Set([...first.keys(), ...second.keys()]);
  if (paths.size === 0) return 1;
  const common = [...paths].filter((path) => first.has(path) && second.has(path));
  let [shared, covered] = [0, 0];
  for (const path of paths) {
    const [x, y] = [first.get(path), second.get(path)];
    shared +=
      x === undefined || y === undefined ? 0 : Math.max(0, Math.min(x.end, y.end) + 1 - Math.max(x.start, y.start));
    covered += length(x) + length(y);
  }
  covered -= shared;
  const text = (changes: readonly FileChange[]): string => changes.map((change) => change.text).join("\n");
  return (
    SHARE_OF_FILES * (common.length / paths.size) +
    SHARE_OF_PLACES * (shared / covered) +
    SHARE_OF_TEXT * dice(text(a), text(b))
  );
}

/** An insertion takes up one place. */
function length(change: FileChange | undefined): number {
  return change === undefined ? 0 : change.end + 1 - change.start;
}

function dice(a: string, b: string): number {
  if (a === b) return 1;
  const counts = new Map<string, number>();
  for (let i = 0; i + 1 < a.length; i++) counts.set(a.slice(i, i + 2), (counts.get(a.slice(i, i + 2)) ?? 0) + 1);
  let common = 0;
  for (let i = 0; i + 1 < b.length; i++) {
    const left = counts.get(b.slice(i, i + 2)) ?? 0;
    if (left > 0) common += 1;
    counts.set(b.slice(i, i + 2), left - 1);
  }
  const pairs = Math.max(0, a.length - 1) + Math.max(0, b.length - 1);
  return pairs === 0 ? 0 : (2 * common) / pairs;
}
