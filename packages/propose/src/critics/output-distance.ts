import { isData, type Critic, type Feedback, type Verdict } from "@pawl/core";

/** 0 error, 1 no pattern, 2 wrong in part of the cases, 3 one pattern in all that is wrong, 4 wrong in a few cases only, 5 right. */
export type DistanceScore = 0 | 1 | 2 | 3 | 4 | 5;

export interface OutputDistance {
  readonly score: DistanceScore;
  /** What the wrong outputs have in common, or why the score is what it is; in a phrase. */
  readonly says: string;
}

/** At least this share of the tests passes where only edge cases are wrong. */
const FEW_FAIL = 0.75;

/**
 * How far the outputs are from the wanted ones: the rubric of CodeTree's critic, computed from the outputs instead of asked of a model. Verdicts do not
 * hold the inputs, so that "only edge cases are wrong" is read from how few are.
 */
export function outputDistance(verdict: Verdict): OutputDistance {
  if (verdict.status === "passed") return { score: 5, says: "every output is right" };
  if (!isData(verdict) || verdict.status === "error" || verdict.status === "timeout")
    return { score: 0, says: `there are no outputs (${verdict.status})` };
  const wrong = verdict.feedback.filter(({ kind }) => kind === "test");
  const passed = verdict.scores["passed"]?.[0] ?? 0;
  if (wrong.length > 0 && wrong.every(isThrown)) return { score: 0, says: "every wrong case throws an exception" };
  if (passed >= FEW_FAIL) return { score: 4, says: "only a few cases are wrong" };
  const pattern = patternOf(wrong);
  if (pattern !== null) return { score: 3, says: pattern };
  if (passed > 0) return { score: 2, says: "part of the cases is wrong, without a pattern" };
  return { score: 1, says: "no pattern in what is wrong" };
}

/** The same as a critic. */
export class OutputDistanceCritic implements Critic {
  readonly id = "output-distance";

  critique: Critic["critique"] = async (_submission, verdict) => {
    if (verdict === null || !isData(verdict)) return null;
    const { score, says } = outputDistance(verdict);
    return { critic: this.id, text: `Distance of the outputs: ${score} of 5, ${says}.` };
  };
}

interface Pair {
  readonly wanted: unknown;
  readonly got: unknown;
}

/** Each says what all wrong outputs have in common, for pairs of values that differ. */
const PATTERNS: readonly { readonly says: string; readonly holds: (pairs: readonly Pair[]) => boolean }[] = [
  { says: "numbers are off by the same difference", holds: (pairs) => alike(pairs, (wanted, got) => got - wanted) },
  { says: "numbers are off by the same factor", holds: (pairs) => alike(pairs, (wanted, got) => got / wanted) },
  { says: "truth values are negated", holds: each(({ wanted, got }) => typeof got === "boolean" && got === !wanted) },
  { says: "sequences are reversed", holds: each((pair) => both(pair, (a, b) => same(a, b.toReversed()))) },
  { says: "sequences are in another order", holds: each((pair) => both(pair, (a, b) => same(sorted(a), sorted(b)))) },
  { says: "the end or the start of sequences is missing", holds: each((pair) => both(pair, (a, b) => isEndOf(b, a))) },
  { says: "sequences have something more at an end", holds: each((pair) => both(pair, (a, b) => isEndOf(a, b))) },
  {
    says: "sequences are one element longer or shorter",
    holds: each((pair) => both(pair, (a, b) => Math.abs(a.length - b.length) === 1)),
  },
  { says: "nothing is returned", holds: each(({ got }) => got === null || isUndefined(got)) },
  { says: "texts differ in case only", holds: each(({ wanted, got }) => lower(wanted) === lower(got)) },
];

function patternOf(wrong: readonly Feedback[]): string | null {
  const pairs = wrong.flatMap(({ expected, actual }): Pair[] => {
    const [wanted, got] = [read(expected), read(actual)];
    return wanted === UNREADABLE || got === UNREADABLE ? [] : [{ wanted, got }];
  });
  if (pairs.length === 0 || pairs.length < wrong.length) return null;
  return PATTERNS.find(({ holds }) => holds(pairs))?.says ?? null;
}

function each(holds: (pair: Pair) => boolean): (pairs: readonly Pair[]) => boolean {
  return (pairs) => pairs.every(holds);
}

/** Two pairs at least: any two numbers have a difference. */
function alike(pairs: readonly Pair[], of: (wanted: number, got: number) => number): boolean {
  const values = pairs.map(({ wanted, got }) =>
    typeof wanted === "number" && typeof got === "number" ? of(wanted, got) : Number.NaN,
  );
  const [first = Number.NaN] = values;
  return values.length > 1 && values.every((value) => Math.abs(value - first) <= 1e-9 * Math.max(1, Math.abs(first)));
}

/** For two lists, or two texts. */
function both({ wanted, got }: Pair, holds: (a: readonly unknown[], b: readonly unknown[]) => boolean): boolean {
  if (typeof wanted === "string" && typeof got === "string") return holds([...wanted], [...got]);
  return Array.isArray(wanted) && Array.isArray(got) && holds(wanted, got);
}

function isEndOf(part: readonly unknown[], whole: readonly unknown[]): boolean {
  if (part.length === 0 || part.length >= whole.length) return false;
  return same(part, whole.slice(0, part.length)) || same(part, whole.slice(-part.length));
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sorted(list: readonly unknown[]): readonly unknown[] {
  return list.map((item) => JSON.stringify(item)).toSorted();
}

function lower(value: unknown): string | symbol {
  return typeof value === "string" ? value.toLowerCase() : Symbol("no text");
}

function isThrown({ message }: Feedback): boolean {
  return message.startsWith("threw ");
}

function isUndefined(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as Record<string, unknown>)["$"] === "undefined";
}

const UNREADABLE = Symbol("unreadable");

function read(text: string | undefined): unknown {
  try {
    return text === undefined ? UNREADABLE : JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}
