/** Where the lines of an answer stand in a file. */
export interface Placement {
  /** Index in the file of each wanted line; null for a blank line that the file does not have. Ascending. */
  readonly at: readonly (number | null)[];
  /** What had to be overlooked to find it, in words; null for the very same text. */
  readonly tolerance: string | null;
}

export interface LocateOptions {
  /** File lines that may stand between two wanted ones without being wanted: none, blank ones, or up to three of any kind. */
  readonly gaps?: "blank" | "any";
}

/** Ways to compare two lines, from strict to lenient. What matches by an earlier one is never looked for by a later one. */
const LEVELS: readonly { readonly key: (line: string) => string; readonly says: string | null }[] = [
  { key: (line) => line, says: null },
  { key: (line) => line.trimEnd(), says: "blanks at the ends of lines differ" },
  { key: (line) => line.trim(), says: "the indentation differs" },
  { key: (line) => line.trim().replaceAll(/\s+/g, " "), says: "the white space differs" },
];
const LONGEST_GAP = 3;
const ALL_GAPS = 6;

/** Every place where the lines stand, by the strictest way of comparing that finds one. Empty when none does. */
export function locate(file: readonly string[], wanted: readonly string[], options: LocateOptions = {}): Placement[] {
  if (wanted.every((line) => line.trim() === "")) return [];
  for (const { key, says } of LEVELS) {
    const found = contiguous(file.map(key), wanted.map(key));
    if (found.length > 0) return found.map((at) => ({ at, tolerance: says }));
  }
  const steps: LocateOptions["gaps"][] = options.gaps === "any" ? ["blank", "any"] : ["blank"];
  for (const gaps of steps)
    for (const { key } of LEVELS) {
      const found = withGaps(file.map(key), wanted.map(key), gaps === "any");
      const says = gaps === "any" ? "lines in between were left out" : "blank lines differ";
      if (found.length > 0) return found.map((at) => ({ at, tolerance: says }));
    }
  return [];
}

function contiguous(file: readonly string[], wanted: readonly string[]): number[][] {
  const found: number[][] = [];
  for (let start = 0; start + wanted.length <= file.length; start += 1)
    if (wanted.every((line, i) => file[start + i] === line)) found.push(wanted.map((_, i) => start + i));
  return found;
}

/** Matches the lines that are not blank; blank ones are paired with blank ones of the file as far as there are any. */
function withGaps(file: readonly string[], wanted: readonly string[], any: boolean): (number | null)[][] {
  const solid = wanted.flatMap((line, i) => (line.trim() === "" ? [] : [i]));
  const first = solid[0] as number;
  const found: (number | null)[][] = [];
  for (let start = 0; start < file.length; start += 1) {
    if (file[start] !== wanted[first]) continue;
    const at: (number | null)[] = wanted.map(() => null);
    at[first] = start;
    let last = start;
    let skipped = 0;
    let complete = true;
    for (const index of solid.slice(1)) {
      let next = last + 1;
      let gap = 0;
      while (next < file.length && file[next] !== wanted[index]) {
        if (file[next]?.trim() !== "") gap += 1;
        if (gap > (any ? LONGEST_GAP : 0)) break;
        next += 1;
      }
      skipped += gap;
      if (file[next] !== wanted[index] || skipped > ALL_GAPS) {
        complete = false;
        break;
      }
      at[index] = next;
      last = next;
    }
    if (complete) found.push(withBlanks(file, wanted, at));
  }
  // Of two that end at the same line, the later start is the tighter one.
  return found.filter((one, i) => !found.slice(i + 1).some((two) => lastOf(two) === lastOf(one)));
}

function withBlanks(
  file: readonly string[],
  wanted: readonly string[],
  at: readonly (number | null)[],
): (number | null)[] {
  const result = [...at];
  let last: number | null = null;
  wanted.forEach((line, i) => {
    if (line.trim() === "" && last !== null && file[last + 1]?.trim() === "") result[i] = last + 1;
    last = result[i] ?? last;
  });
  return result;
}

function lastOf(at: readonly (number | null)[]): number | null {
  return at.findLast((index) => index !== null) ?? null;
}

/** The part of a file that resembles the wanted lines most, with its first index; null when nothing does. */
export function nearest(
  file: readonly string[],
  wanted: readonly string[],
): { readonly from: number; readonly lines: readonly string[] } | null {
  const grams = wanted.map(pairsOf);
  const size = Math.min(wanted.length, file.length);
  const own = file.map(pairsOf);
  let best = { score: 0, from: 0 };
  for (let from = 0; from + size <= file.length; from += 1) {
    let score = 0;
    for (let i = 0; i < size; i += 1) score += overlap(own[from + i] as Set<string>, grams[i] as Set<string>);
    if (score > best.score) best = { score, from };
  }
  if (size === 0 || best.score / size < 0.35) return null;
  return { from: best.from, lines: file.slice(best.from, best.from + size) };
}

function pairsOf(line: string): Set<string> {
  const text = line.trim();
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
}

/** Dice coefficient of two sets. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let common = 0;
  for (const each of a) if (b.has(each)) common += 1;
  return (2 * common) / (a.size + b.size);
}
