/** How the indentation of matched lines differs between an answer and the file. */
export interface IndentPair {
  readonly wanted: string;
  readonly actual: string;
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/**
 * The indentation in the file of a line that the answer indents by `wanted`, from the pairs of the lines that were found:
 * the same pair, a common shift, or another unit (4 blanks for 2, a tab for 4). Null when the pairs do not say.
 */
export function translateIndent(wanted: string, pairs: readonly IndentPair[]): string | null {
  if (pairs.every((pair) => pair.wanted === pair.actual)) return wanted;
  const same = new Set(pairs.filter((pair) => pair.wanted === wanted).map((pair) => pair.actual));
  if (same.size === 1) return [...same][0] as string;
  if (same.size > 1 || !isConsistent(pairs)) return null;
  return shifted(wanted, pairs) ?? scaled(wanted, pairs);
}

/** True when lines that are indented alike in the answer are indented alike in the file, and deeper ones deeper. */
function isConsistent(pairs: readonly IndentPair[]): boolean {
  return pairs.every((one) =>
    pairs.every((two) =>
      one.wanted.length === two.wanted.length
        ? one.actual.length === two.actual.length
        : one.wanted.length > two.wanted.length === one.actual.length > two.actual.length,
    ),
  );
}

function shifted(wanted: string, pairs: readonly IndentPair[]): string | null {
  const [first] = pairs;
  if (first === undefined) return null;
  if (first.actual.endsWith(first.wanted)) {
    const prefix = first.actual.slice(0, first.actual.length - first.wanted.length);
    if (pairs.every((pair) => pair.actual === prefix + pair.wanted)) return prefix + wanted;
  }
  if (first.wanted.endsWith(first.actual)) {
    const prefix = first.wanted.slice(0, first.wanted.length - first.actual.length);
    if (pairs.every((pair) => pair.wanted === prefix + pair.actual) && wanted.startsWith(prefix))
      return wanted.slice(prefix.length);
  }
  return null;
}

function scaled(wanted: string, pairs: readonly IndentPair[]): string | null {
  const least = pairs.reduce((least, pair) => (pair.wanted.length < least.wanted.length ? pair : least));
  const steps = pairs.map((pair) => ({
    wanted: pair.wanted.length - least.wanted.length,
    actual: pair.actual.length - least.actual.length,
  }));
  let wantedUnit = steps.reduce((unit, step) => divisor(unit, step.wanted), 0);
  let actualUnit = steps.reduce((unit, step) => divisor(unit, step.actual), 0);
  const other = pairs.find((pair) => pair.actual !== "")?.actual[0] ?? " ";
  if (wantedUnit === 0) {
    // All lines are equally deep: their own depth tells the units, when it is one unit or the same number of units.
    wantedUnit = unitOf(least.wanted);
    actualUnit = unitOf(least.actual);
    if (wantedUnit === 0 || actualUnit === 0) return null;
    if (least.wanted.length / wantedUnit !== least.actual.length / actualUnit) return null;
  }
  if (!steps.every((step) => step.wanted * actualUnit === step.actual * wantedUnit)) return null;
  const depth = (wanted.length - least.wanted.length) / wantedUnit;
  const length = least.actual.length + depth * actualUnit;
  if (!Number.isInteger(depth) || length < 0) return null;
  return length <= least.actual.length
    ? least.actual.slice(0, length)
    : least.actual + other.repeat(length - least.actual.length);
}

function unitOf(indent: string): number {
  if (indent === "") return 0;
  if (indent.startsWith("\t")) return 1;
  return indent.length % 4 === 0 ? 4 : indent.length % 2 === 0 ? 2 : 0;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
