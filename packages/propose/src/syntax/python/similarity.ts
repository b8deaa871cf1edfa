const known = new Map<string, readonly string[]>();
const KEPT = 5000;

/** Parts of an identifier: `left_index` and `leftIndex` both give left, index. */
function parts(name: string): readonly string[] {
  let found = known.get(name);
  if (found === undefined) {
    if (known.size >= KEPT) known.clear();
    found = split(name);
    known.set(name, found);
  }
  return found;
}

function split(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split("_")
    .filter((part) => part !== "");
}

/**
 * How alike two names are, in [0, 1]: shared parts, a shared prefix, equal length for one-letter names.
 * People confuse `left` with `right` as often as `row` with `rows`, so unlike names keep some weight elsewhere.
 */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length === 1 && b.length === 1) return 0.7;
  const [first, second] = [parts(a), parts(b)];
  const shared = first.filter((part) => second.includes(part)).length;
  const byParts = (2 * shared) / (first.length + second.length || 1);
  let prefix = 0;
  while (prefix < Math.min(a.length, b.length) && a[prefix] === b[prefix]) prefix++;
  let suffix = 0;
  while (suffix < Math.min(a.length, b.length) - prefix && a[a.length - 1 - suffix] === b[b.length - 1 - suffix])
    suffix++;
  const byLetters = (prefix + suffix) / Math.max(a.length, b.length);
  return Math.max(byParts, byLetters);
}
