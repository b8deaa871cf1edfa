import type { Feedback, Verdict } from "@pawl/core";

/** How the result of a failing test differs from what is expected. */
export const DIFFERENCES = [
  "does-not-end",
  "does-not-load",
  "type-error",
  "reference-error",
  "range-error",
  "other-error",
  "does-not-throw",
  "changes-arguments",
  "nothing",
  "other-type",
  "negated",
  "sign",
  "off-by-one",
  "larger",
  "smaller",
  "fraction",
  "reversed",
  "order",
  "one-longer",
  "one-shorter",
  "longer",
  "shorter",
  "letter-case",
  "other-text",
] as const;

export type Difference = (typeof DIFFERENCES)[number];

/** Share of the failing tests that show a difference, by difference; only those that occur. Read off the verdict alone. */
export function differencesOf(verdict: Verdict): ReadonlyMap<Difference, number> {
  const findings = verdict.feedback.filter(({ kind }) => kind !== "note");
  const counts = new Map<Difference, number>();
  const add = (difference: Difference, by: number): void =>
    void counts.set(difference, (counts.get(difference) ?? 0) + by);
  if (verdict.status === "timeout") add("does-not-end", 1);
  if (verdict.status === "error") add("does-not-load", 1);
  for (const finding of findings) for (const each of new Set(ofFinding(finding))) add(each, 1 / findings.length);
  return counts;
}

const RANGE = /^(?:RangeError|IndexError|KeyError|ZeroDivisionError|OverflowError|StopIteration|RecursionError)$/;
const TYPE = /^(?:TypeError|AttributeError)$/;
const REFERENCE = /^(?:ReferenceError|NameError|UnboundLocalError|ImportError|ModuleNotFoundError)$/;

/** The name of the error that a finding tells of, or null. An assertion that failed is none. */
export function errorIn({ message }: Pick<Feedback, "message">): string | null {
  const named = /\b((?:[A-Z]\w*)?(?:Error|Exception)|StopIteration|KeyboardInterrupt)\b/.exec(message)?.[1] ?? null;
  return named === "AssertionError" ? null : named;
}

function ofFinding(finding: Feedback): readonly Difference[] {
  const { message, expected, actual } = finding;
  if (message.startsWith("returned instead of throwing")) return ["does-not-throw"];
  if (message.startsWith("left its arguments")) return ["changes-arguments"];
  const error = errorIn(finding);
  if (error !== null && (actual === undefined || actual.startsWith("throws ")))
    return [
      TYPE.test(error)
        ? "type-error"
        : REFERENCE.test(error)
          ? "reference-error"
          : RANGE.test(error)
            ? "range-error"
            : "other-error",
    ];
  const [wanted, got] = [readValue(expected), readValue(actual)];
  return wanted === UNREADABLE || got === UNREADABLE ? [] : between(wanted, got);
}

export const UNREADABLE = Symbol("unreadable");
/** As test runners and Python write what JSON has no word for. */
const WORDS: Readonly<Record<string, unknown>> = {
  True: true,
  False: false,
  None: null,
  undefined: { $: "undefined" },
  nothing: { $: "undefined" },
  NaN: Number.NaN,
};

/** The value a test runner wrote down: JSON with tags, or a word of Python's; `UNREADABLE` for what is neither. */
export function readValue(text: string | undefined): unknown {
  if (text === undefined) return UNREADABLE;
  if (Object.hasOwn(WORDS, text)) return WORDS[text];
  for (const variant of [text, text.replaceAll("'", '"')])
    try {
      return JSON.parse(variant);
    } catch {
      // Perhaps the next reads it.
    }
  return UNREADABLE;
}

function between(wanted: unknown, got: unknown): Difference[] {
  const [a, b] = [kindOf(wanted), kindOf(got)];
  if (a !== b) return [b === "nothing" ? "nothing" : "other-type"];
  if (typeof wanted === "boolean") return wanted === got ? [] : ["negated"];
  if (typeof wanted === "number" && typeof got === "number") return betweenNumbers(wanted, got);
  if (typeof wanted === "string" && typeof got === "string") return betweenTexts(wanted, got);
  if (Array.isArray(wanted) && Array.isArray(got)) return betweenLists(wanted, got);
  if (isRecord(wanted) && isRecord(got)) return betweenRecords(wanted, got);
  return [];
}

function betweenNumbers(wanted: number, got: number): Difference[] {
  if (wanted === got) return [];
  return [
    got > wanted ? "larger" : "smaller",
    ...(Math.abs(got - wanted) === 1 ? (["off-by-one"] as const) : []),
    ...(got === -wanted ? (["sign"] as const) : []),
    ...(Number.isInteger(wanted) && !Number.isInteger(got) ? (["fraction"] as const) : []),
  ];
}

function betweenTexts(wanted: string, got: string): Difference[] {
  if (wanted === got) return [];
  if (wanted.toLowerCase() === got.toLowerCase()) return ["letter-case"];
  return [...ofLength(got.length - wanted.length), ...(got.length === wanted.length ? (["other-text"] as const) : [])];
}

function betweenLists(wanted: readonly unknown[], got: readonly unknown[]): Difference[] {
  const texts = (list: readonly unknown[]): string[] => list.map((each) => JSON.stringify(each));
  const [a, b] = [texts(wanted), texts(got)];
  if (a.join() === b.join()) return [];
  if (a.toReversed().join() === b.join()) return ["reversed", "order"];
  if (a.toSorted().join() === b.toSorted().join()) return ["order"];
  if (a.length !== b.length) return ofLength(b.length - a.length);
  return wanted.flatMap((each, i) => between(each, got[i]));
}

function betweenRecords(
  wanted: Readonly<Record<string, unknown>>,
  got: Readonly<Record<string, unknown>>,
): Difference[] {
  const missing = Object.keys(wanted).filter((key) => !Object.hasOwn(got, key)).length;
  const more = Object.keys(got).filter((key) => !Object.hasOwn(wanted, key)).length;
  return [
    ...(missing > 0 ? (["shorter"] as const) : []),
    ...(more > 0 ? (["longer"] as const) : []),
    ...Object.keys(wanted).flatMap((key) => (Object.hasOwn(got, key) ? between(wanted[key], got[key]) : [])),
  ];
}

function ofLength(by: number): Difference[] {
  if (by === 0) return [];
  const more: Difference[] = by > 0 ? ["longer"] : ["shorter"];
  return Math.abs(by) === 1 ? [...more, by > 0 ? "one-longer" : "one-shorter"] : more;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** JSON's kinds; the tags that stand for what JSON has no word for are kinds of their own. */
export function kindOf(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "list";
  if (!isRecord(value)) return typeof value;
  const tag = value["$"];
  if (typeof tag !== "string") return "object";
  if (tag === "undefined") return "nothing";
  return tag === "NaN" || tag === "-0" || tag.includes("Infinity") ? "number" : tag;
}
