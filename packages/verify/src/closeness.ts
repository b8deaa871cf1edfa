import { sameValue } from "./equality.ts";
import type { FunctionCase, Outcome, WireValue } from "./wire.ts";

/** What an outcome of the right kind is worth at least, and a wrong one at most: a case that passes is always worth more. */
const SAME_KIND = 0.2;
const ALMOST = 0.95;
/** An exception where another one was wanted. */
const OTHER_EXCEPTION = 0.3;
/** Longer texts and lists are compared by what they share at both ends. Each level of nesting divides the length, to bound the work. */
const LONGEST_ALIGNED = 100;
const SHORTER_INSIDE = 5;

/**
 * How near an outcome comes to what a case wants: 1 when it passes, otherwise in [0, 0.95]. A hint for the search, so that a step
 * towards the right output counts although the case still fails; it never decides anything.
 */
export function closeness(item: FunctionCase, outcome: Outcome | undefined): number {
  if (outcome === undefined) return 0;
  if (item.throws !== undefined) {
    if (outcome.throws === undefined) return 0;
    if (outcome.throws !== item.throws) return OTHER_EXCEPTION;
  } else if (outcome.throws !== undefined) return 0;
  const parts: number[] = [];
  if (item.throws === undefined) parts.push(similarity(item.returns, outcome.returns, item.tolerance));
  if (item.argsAfter !== undefined) parts.push(similarity(item.argsAfter, outcome.argsAfter, item.tolerance));
  return parts.length === 0 ? 1 : mean(parts);
}

/** Symmetric, in [0, 1]; 1 only for equal values. */
export function similarity(
  a: WireValue | undefined,
  b: WireValue | undefined,
  tolerance = 0,
  longest = LONGEST_ALIGNED,
): number {
  if (sameValue(a, b, tolerance)) return 1;
  if (kindOf(a) !== kindOf(b)) return 0;
  return Math.min(ALMOST, SAME_KIND + (1 - SAME_KIND) * alike(a, b, tolerance, longest));
}

/** Of two different values of one kind. */
function alike(a: WireValue | undefined, b: WireValue | undefined, tolerance: number, longest: number): number {
  const inside = (x: WireValue | undefined, y: WireValue | undefined): number =>
    similarity(x, y, tolerance, longest / SHORTER_INSIDE);
  if (typeof a === "number" && typeof b === "number") return 1 - apart(a, b);
  if (typeof a === "string" && typeof b === "string")
    return aligned([...a], [...b], longest, (x, y) => Number(x === y));
  if (isList(a) && isList(b)) return aligned(a, b, longest, inside);
  if (!isRecord(a) || !isRecord(b)) return 0;
  if (isList(a["v"]) && isList(b["v"]) && typeof a["$"] === "string") return aligned(a["v"], b["v"], longest, inside);
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return mean(names.map((name) => (Object.hasOwn(a, name) && Object.hasOwn(b, name) ? inside(a[name], b[name]) : 0)));
}

/** Difference of two numbers over the sum of their sizes and of the difference: in [0, 1/2]. */
function apart(a: number, b: number): number {
  // A quarter of each, or the sum of the largest doubles would overflow.
  const [x, y] = [a / 4, b / 4];
  const difference = Math.abs(x - y);
  return difference === 0 ? 0 : difference / (Math.abs(x) + Math.abs(y) + difference);
}

/**
 * Best alignment of two sequences, gaps worth nothing, over the longer length (Needleman & Wunsch 1970).
 * Sequences too long for that are compared item by item from the start and from the end.
 */
function aligned<T>(a: readonly T[], b: readonly T[], longest: number, like: (x: T, y: T) => number): number {
  const longer = Math.max(a.length, b.length);
  if (longer === 0) return 1;
  if (longer > longest) return sharedEnds(a, b, like) / longer;
  let row = new Float64Array(b.length + 1);
  for (const x of a) {
    const next = new Float64Array(b.length + 1);
    for (let j = 0; j < b.length; j++) {
      const paired = (row[j] as number) + like(x, b[j] as T);
      next[j + 1] = Math.max(paired, row[j + 1] as number, next[j] as number);
    }
    row = next;
  }
  return (row[b.length] as number) / longer;
}

function sharedEnds<T>(a: readonly T[], b: readonly T[], like: (x: T, y: T) => number): number {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && like(a[start] as T, b[start] as T) === 1) start += 1;
  let end = 0;
  while (end < shorter - start && like(a.at(-1 - end) as T, b.at(-1 - end) as T) === 1) end += 1;
  return start + end;
}

/** A tag of the wire format is a kind of its own. */
function kindOf(value: WireValue | undefined): string {
  if (value === null) return "null";
  if (isList(value)) return "list";
  return isRecord(value) ? `record ${typeof value["$"] === "string" ? value["$"] : ""}` : typeof value;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function isList(value: WireValue | undefined): value is readonly WireValue[] {
  return Array.isArray(value);
}

function isRecord(value: WireValue | undefined): value is { readonly [name: string]: WireValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
