import type { CodeIndex } from "./code-index.ts";
import type { Definition } from "./definition.ts";
import type { LineScores } from "./spectrum.ts";

/** Where the fault may be, from what is known: a text, the coverage of tests, or both. */
export interface Localiser {
  readonly id: string;
  /** One line. */
  readonly title: string;
  /** It needs line scores: tests have to run before. */
  readonly needsTests: boolean;
  locate(question: LocateQuestion): Localisation;
}

export interface LocateQuestion {
  readonly index: CodeIndex;
  /** The text of the issue; its first line is the title. */
  readonly issue: string;
  /** By spectrum, of the files of the index. */
  readonly scores?: LineScores;
}

export interface Localisation {
  /** Best first; methods are functions, methods and top-level constants. */
  readonly files: readonly LocatedFile[];
  readonly methods: readonly LocatedMethod[];
  /** Lines of code a reader of its answers would have read; null where nothing is read. */
  readonly linesRead: number | null;
}

export interface LocatedFile {
  readonly path: string;
  /** Above 0; only to be compared within one answer. */
  readonly score: number;
}

export interface LocatedMethod {
  readonly definition: Definition;
  readonly score: number;
  /** Why, in short phrases. */
  readonly evidence: readonly string[];
}

/** Files by their best method, for localisers that rank methods alone. */
export function filesOf(methods: readonly LocatedMethod[]): readonly LocatedFile[] {
  const best = new Map<string, number>();
  for (const { definition, score } of methods)
    best.set(definition.path, Math.max(best.get(definition.path) ?? 0, score));
  return sortedFiles(best);
}

export function sortedFiles(scores: ReadonlyMap<string, number>): readonly LocatedFile[] {
  return [...scores]
    .map(([path, score]) => ({ path, score }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}

/** Scores with the highest at 1. */
export function scaled<T extends { readonly score: number }>(items: readonly T[]): readonly T[] {
  const highest = Math.max(...items.map(({ score }) => score), Number.MIN_VALUE);
  return items.map((each) => ({ ...each, score: each.score / highest }));
}
