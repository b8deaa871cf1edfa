import { UsageError } from "@pawl/core";
import { suspiciousness, type Ingredient, type Languages, type Suspiciousness } from "@pawl/propose";
import type { ProjectSnapshot, TestReport } from "@pawl/verify";
import { raiseByIssue, type IssueFinding } from "./issue.ts";
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
  /** What the issue's text led to; left out without one. */
  readonly issue?: IssueFinding;
}

/** Files that do not parse, with what to tell the person. */
export type Unreadable = Readonly<Record<string, UsageError>>;

/** Source files of the snapshot that Pawl can edit, by path, and those that it cannot, since they do not parse. */
export function readSources(
  snapshot: ProjectSnapshot,
  paths: readonly string[],
  languages: Languages,
): { readonly sources: Readonly<Record<string, string>>; readonly unreadable: Unreadable } {
  const sources: Record<string, string> = {};
  const unreadable: Record<string, UsageError> = {};
  for (const path of paths) {
    const language = languages.of(path);
    if (language === null) continue;
    const text = sourceText(snapshot.base, path);
    const error = language.syntaxError(text, path);
    if (error === null) sources[path] = text;
    else
      unreadable[path] = new UsageError({
        what: `syntax error: ${error.message}`,
        where: `${path}:${error.line}`,
        todo: "Repair it by hand: Pawl edits files that parse. Or leave the file out by naming the files to work on.",
      });
  }
  return { sources, unreadable };
}

/** Throws for the first file that does not parse and that failing tests name; templates and examples of other languages are nobody's fault. */
export function demandReadable(unreadable: Unreadable, report: TestReport): void {
  const said = [
    ...report.errors.map((error) => `${error.file ?? ""} ${error.message}`),
    ...report.tests
      .filter((test) => test.status === "failed")
      .map((test) => `${test.message ?? ""} ${(test.stack ?? []).map((frame) => frame.path).join(" ")}`),
  ].join("\n");
  const named = Object.keys(unreadable).find((path) => said.includes(path.slice(path.lastIndexOf("/") + 1)));
  if (named !== undefined) throw unreadable[named] as UsageError;
}

/**
 * Failing tests that no edit can repair, since they end before their body begins (a missing fixture, service or tool): no line of the
 * project is in their stack, and they failed in their set-up, or ran no line of the sources but those that loading runs for every test.
 * None when that is so of all.
 */
export function beyondReach(
  report: TestReport,
  failing: readonly string[],
  sources: readonly string[],
): readonly string[] {
  const linesOf = (test: TestReport["tests"][number]) =>
    sources.flatMap((path) => (test.hits?.[path] ?? []).map((line) => `${path}:${line}`));
  const traced = report.tests.filter((test) => test.hits !== undefined);
  const common = traced
    .map((test) => new Set(linesOf(test)))
    .reduce((all, each) => all.intersection(each), new Set(traced.flatMap(linesOf)));
  const wanted = new Set(failing);
  const apart = traced
    .filter((test) => wanted.has(test.id) && (test.stack ?? []).length === 0)
    .filter((test) => test.inSetup === true || linesOf(test).every((line) => common.has(line)))
    .map((test) => test.id);
  return apart.length === failing.length ? [] : apart;
}

/** Ranks the lines of the sources by the traced run of the tests, and by an issue's text, and keeps the files that the failing tests execute. */
export function findSuspects(
  all: Readonly<Record<string, string>>,
  report: TestReport,
  failing: ReadonlySet<string>,
  languages: Languages,
  issue?: string,
): Suspects {
  const tests = report.tests.filter((test) => test.status !== "skipped");
  const failed = tests.filter((test) => failing.has(test.id));
  const traces = tests.map((test) => ({ passed: !failing.has(test.id), hits: test.hits ?? {} }));
  const ofTests = suspiciousness(
    all,
    {
      traces,
      stacks: failed.map((test) => test.stack ?? []),
      words: failed.flatMap((test) => [test.id, test.message ?? ""]),
    },
    (path) => languages.of(path),
  );
  const told = issue === undefined ? null : raiseByIssue(ofTests, { sources: all, traces, languages, issue });
  const scores = told?.suspiciousness ?? ofTests;
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
    ...(told === null ? {} : { issue: told.finding }),
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
