import type { EditWeights } from "@pawl/core";
import { suspiciousness, type Suspiciousness } from "../localise/suspiciousness.ts";
import type { Languages } from "../syntax/languages.ts";

/** A call as it ran, step by step, and whether its test passed. */
export interface TracedCase {
  readonly passed: boolean;
  readonly steps: readonly { readonly line: number; readonly values: Readonly<Record<string, string>> }[];
}

export interface Divergence {
  /** 1-based. */
  readonly line: number;
  /** Null when no passing run came to the line. */
  readonly variable: string | null;
}

/** As strongly as the trained prior holds suspiciousness: its weight of log-suspiciousness, rounded. */
const SPECTRUM = 1.9;
const DIVERGED = 0.8;

/**
 * The level of self-debugging that is told what ran: lines that failing runs execute more than passing ones (spectrum), and the first line where a
 * failing run parts from the passing ones. `path` is the file that was traced; lines of other files get the scores they have in `known`.
 */
export function traceWeights(
  languages: Languages,
  path: string,
  sources: Readonly<Record<string, string>>,
  cases: readonly TracedCase[],
  known: Suspiciousness = {},
): EditWeights | undefined {
  const failing = cases.filter(({ passed, steps }) => !passed && steps.length > 0);
  if (failing.length === 0) return undefined;
  const traces = cases.map(({ passed, steps }) => ({ passed, hits: { [path]: steps.map(({ line }) => line) } }));
  const own = suspiciousness({ [path]: sources[path] ?? "" }, { traces, stacks: [], words: [] }, (each) =>
    languages.of(each),
  );
  const byLine: Record<string, number> = {};
  for (const [file, scores] of Object.entries({ ...known, ...own }))
    scores.forEach((score, i) => {
      if (score > 0) byLine[`${file}:${i + 1}`] = SPECTRUM * Math.log(score);
    });
  const passing = cases.filter(({ passed }) => passed);
  for (const each of failing) {
    const at = firstDivergence(each, passing);
    if (at !== null) byLine[`${path}:${at.line}`] = (byLine[`${path}:${at.line}`] ?? 0) + DIVERGED / failing.length;
  }
  return { byLine };
}

/**
 * The first step of a failing run that no passing run is like: a line they do not come to, or a variable whose value there is of a sort they never
 * have (another type, negative, empty, not a number). Different inputs have different values, so values themselves tell nothing. Null when there are no
 * passing runs, or the run stays within what they do.
 */
export function firstDivergence(failing: TracedCase, passing: readonly TracedCase[]): Divergence | null {
  if (passing.length === 0) return null;
  const seen = new Map<number, Map<string, Set<string>>>();
  for (const { steps } of passing)
    for (const { line, values } of steps) {
      const ofLine = seen.get(line) ?? new Map<string, Set<string>>();
      seen.set(line, ofLine);
      for (const [name, value] of Object.entries(values)) {
        const sorts = ofLine.get(name) ?? new Set();
        ofLine.set(name, sorts.add(sortOf(value)));
      }
    }
  // Arguments differ from the start: what counts is what the code made of them.
  const given = new Set(Object.keys(failing.steps[0]?.values ?? {}));
  for (const { line, values } of failing.steps) {
    const ofLine = seen.get(line);
    if (ofLine === undefined) return { line, variable: null };
    for (const [name, value] of Object.entries(values)) {
      const sorts = ofLine.get(name);
      if (!given.has(name) && sorts !== undefined && !sorts.has(sortOf(value))) return { line, variable: name };
    }
  }
  return null;
}

/** The sort of a value, from the text it is shown by. */
function sortOf(text: string): string {
  if (/^-?\d/.test(text)) {
    const number = Number(text);
    return number === 0
      ? "zero"
      : `${number < 0 ? "negative" : "positive"}${Number.isInteger(number) ? "" : " fraction"}`;
  }
  if (/^(?:""|''|\[\]|\{\}|\(\)|Map \[\]|Set \[\]|set\(\))$/.test(text)) return `empty ${text[0]}`;
  if (/^["'[{(]/.test(text)) return text[0] as string;
  return /^(?:true|false|True|False)$/.test(text) ? "boolean" : text;
}
