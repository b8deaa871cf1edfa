import { keyOf, type CodeIndex } from "./code-index.ts";
import type { Definition } from "./definition.ts";

/** What one test executed: project-relative path → 1-based lines. */
export interface TestTrace {
  readonly passed: boolean;
  readonly hits: Readonly<Record<string, readonly number[]>>;
}

/** Suspiciousness by path and 1-based line; lines that no test executes are absent. Every formula but Op2 and DStar stays in [0, 1]. */
export type LineScores = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** How many tests executed a line, of how many. */
export interface Spectrum {
  readonly failed: number;
  readonly passed: number;
  readonly allFailed: number;
  readonly allPassed: number;
}

/** Formulas by name. A line that no failing test executes has 0, or less with Op2. */
export const FORMULAS = {
  /** Abreu, Zoeteweij & van Gemund 2006. */
  ochiai: ({ failed, passed, allFailed }) => (failed === 0 ? 0 : failed / Math.sqrt(allFailed * (failed + passed))),
  /** Jones & Harrold 2005. */
  tarantula: ({ failed, passed, allFailed, allPassed }) => {
    if (failed === 0) return 0;
    const [ofFailed, ofPassed] = [failed / allFailed, allPassed === 0 ? 0 : passed / allPassed];
    return ofFailed / (ofFailed + ofPassed);
  },
  /** Naish, Lee & Ramamohanarao 2011. */
  op2: ({ failed, passed, allPassed }) => failed - passed / (allPassed + 1),
  /** Abreu, Zoeteweij & van Gemund 2009, for single faults. */
  barinel: ({ failed, passed }) => (failed === 0 ? 0 : 1 - passed / (passed + failed)),
  /**
   * Wong, Debroy, Gao & Li 2014, with exponent 2. Where its denominator is none (every failing test and no passing one), the value is one
   * more than the largest finite one, so that it can be sorted and written down.
   */
  dstar: ({ failed, passed, allFailed }) => {
    const denominator = passed + allFailed - failed;
    return denominator === 0 ? (failed === 0 ? 0 : allFailed ** 2 + 1) : failed ** 2 / denominator;
  },
} as const satisfies Readonly<Record<string, (spectrum: Spectrum) => number>>;

export type Formula = keyof typeof FORMULAS;

/** Scores of the lines that tests execute; the coverage is that of single tests, for with that of the whole suite every line would look alike. */
export function lineScores(traces: readonly TestTrace[], formula: Formula = "ochiai"): LineScores {
  const counts = new Map<string, Map<number, { failed: number; passed: number }>>();
  const allFailed = traces.filter(({ passed }) => !passed).length;
  for (const trace of traces) {
    for (const [path, lines] of Object.entries(trace.hits)) {
      const ofFile = counts.get(path) ?? new Map<number, { failed: number; passed: number }>();
      counts.set(path, ofFile);
      for (const line of new Set(lines)) {
        const count = ofFile.get(line) ?? { failed: 0, passed: 0 };
        ofFile.set(line, count);
        if (trace.passed) count.passed += 1;
        else count.failed += 1;
      }
    }
  }
  const all = { allFailed, allPassed: traces.length - allFailed };
  return new Map(
    [...counts].map(([path, lines]) => [
      path,
      new Map([...lines].map(([line, count]) => [line, FORMULAS[formula]({ ...count, ...all })])),
    ]),
  );
}

/** Neighbouring suspicious lines of a method, and the highest score among them. */
export interface SuspiciousLines {
  readonly line: number;
  readonly endLine: number;
  readonly score: number;
}

export interface MethodScore {
  readonly definition: Definition;
  /** That of its most suspicious line. */
  readonly score: number;
  /** All with a score above 0, in source order. */
  readonly lines: readonly SuspiciousLines[];
  /** Those that have the method's score. */
  readonly top: readonly SuspiciousLines[];
}

/**
 * Functions and methods with lines of a score above 0, most suspicious first; among equals the one with the higher mean over its executed
 * lines. A line counts for the innermost function around it.
 */
export function methodScores(scores: LineScores, index: CodeIndex): readonly MethodScore[] {
  const byMethod = new Map<string, { definition: Definition; lines: [line: number, score: number][] }>();
  for (const [path, lines] of scores)
    for (const [line, score] of [...lines].sort(([a], [b]) => a - b)) {
      const definition = index.methodAt(path, line);
      if (definition === null) continue;
      const known = byMethod.get(keyOf(definition)) ?? { definition, lines: [] };
      byMethod.set(keyOf(definition), known);
      known.lines.push([line, score]);
    }
  return [...byMethod]
    .map(([key, { definition, lines }]) => {
      const score = Math.max(...lines.map(([, each]) => each));
      return {
        key,
        mean: lines.reduce((sum, [, each]) => sum + each, 0) / lines.length,
        definition,
        score,
        lines: merged(lines.filter(([, each]) => each > 0)),
        top: merged(lines.filter(([, each]) => each === score)),
      };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.mean - a.mean || (a.key < b.key ? -1 : 1))
    .map(({ definition, score, lines, top }) => ({ definition, score, lines, top }));
}

function merged(lines: readonly (readonly [number, number])[]): readonly SuspiciousLines[] {
  const ranges: { line: number; endLine: number; score: number }[] = [];
  for (const [line, score] of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && line === last.endLine + 1) {
      last.endLine = line;
      last.score = Math.max(last.score, score);
    } else ranges.push({ line, endLine: line, score });
  }
  return ranges;
}
