import { UsageError } from "@pawl/core";
import { suspiciousness, type Ingredient, type Languages, type Suspiciousness } from "@pawl/propose";
import type { ProjectSnapshot, TestReport } from "@pawl/verify";
import { sourceText } from "./source-text.ts";

/** Files beyond these many are left alone, least suspicious first. */
const MOST_FILES = 20;
const MOST_INGREDIENTS = 400;

export interface Suspects {
  /** Texts of the files worth editing. */
  readonly sources: Readonly<Record<string, string>>;
  readonly suspiciousness: Suspiciousness;
  /** Statements and conditions of the project's other files. */
  readonly ingredients: readonly Ingredient[];
}

/** Source files of the snapshot that Pawl can edit, by path. A syntax error among the wanted ones is an error with its line. */
export function readSources(
  snapshot: ProjectSnapshot,
  paths: readonly string[],
  languages: Languages,
): Record<string, string> {
  const sources: Record<string, string> = {};
  for (const path of paths) {
    const language = languages.of(path);
    if (language === null) continue;
    const text = sourceText(snapshot.base, path);
    const error = language.syntaxError(text, path);
    if (error !== null) {
      throw new UsageError({
        what: `syntax error: ${error.message}`,
        where: `${path}:${error.line}`,
        todo: "Repair it by hand: Pawl edits files that parse. Or leave the file out by naming the files to work on.",
      });
    }
    sources[path] = text;
  }
  return sources;
}

/** Ranks the lines of the sources by the traced run of the tests, and keeps the files that the failing tests execute. */
export function findSuspects(
  all: Readonly<Record<string, string>>,
  report: TestReport,
  failing: ReadonlySet<string>,
  languages: Languages,
): Suspects {
  const tests = report.tests.filter((test) => test.status !== "skipped");
  const failed = tests.filter((test) => failing.has(test.id));
  const scores = suspiciousness(
    all,
    {
      traces: tests.map((test) => ({ passed: !failing.has(test.id), hits: test.hits ?? {} })),
      stacks: failed.map((test) => test.stack ?? []),
      words: failed.flatMap((test) => [test.id, test.message ?? ""]),
    },
    (path) => languages.of(path),
  );
  const executed = new Set(
    failed.flatMap((test) => [...Object.keys(test.hits ?? {}), ...(test.stack ?? []).map((frame) => frame.path)]),
  );
  const known = Object.keys(all);
  const reached = known.filter((path) => executed.has(path));
  // Without any trace (tests that fail while loading, a runner that cannot trace) every source is a suspect.
  const suspects = (reached.length > 0 ? reached : known)
    .sort((a, b) => highest(scores[b]) - highest(scores[a]) || (a < b ? -1 : 1))
    .slice(0, MOST_FILES);
  const chosen = new Set(suspects);
  return {
    sources: Object.fromEntries(suspects.map((path) => [path, all[path] as string])),
    suspiciousness: Object.fromEntries(suspects.map((path) => [path, scores[path] ?? []])),
    ingredients: known
      .filter((path) => !chosen.has(path))
      .flatMap((path) => ingredientsOf(path, all[path] as string, languages))
      .slice(0, MOST_INGREDIENTS),
  };
}

function ingredientsOf(path: string, text: string, languages: Languages): readonly Ingredient[] {
  const language = languages.of(path);
  const parsed = language?.parse(text, path) ?? null;
  return language === null || parsed === null ? [] : language.ingredients(parsed);
}

function highest(scores: readonly number[] | undefined): number {
  return (scores ?? []).reduce((top, score) => Math.max(top, score), 0);
}
