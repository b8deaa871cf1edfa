import type { Ingredient, Suspiciousness, VersionNames } from "@pawl/propose";
import type { Baseline, Coverage, Isolation, TestSuiteCheck } from "@pawl/verify";
import type { IssueFinding } from "./issue.ts";
import type { ProjectRecord } from "./record.ts";
import type { StaticChecks } from "./static-checks.ts";
import type { SplitTests } from "./split.ts";

/** Everything a `fix` run reads from the outside world before it searches; recorded once. */
export interface FixPlan extends ProjectRecord {
  readonly isolation: Isolation;
  readonly baseline: Baseline;
  readonly split: SplitTests;
  readonly suspiciousness: Suspiciousness;
  readonly ingredients: readonly Ingredient[];
  /** What the issue's text led to, in runs that were given one. */
  readonly issue?: IssueFinding;
  /** Type checker and linter of the project; left out in records of older versions. */
  readonly statics?: StaticChecks;
  /** What the versions of a matrix export; only of runs over one. */
  readonly versionNames?: VersionNames;
  /** Passing tests, as places in `baseline.passing`, by the file they execute; not recorded by older versions. */
  readonly coverage?: Readonly<Record<string, readonly number[]>>;
  /** Candidates in flight. */
  readonly window: number;
  /** Things the person should know: flaky tests, no warm screening. */
  readonly notes: readonly string[];
}

/** What the check of a plan judges, in the live run and in a resumed one. */
export function judgedTests({
  baseline,
  split,
  coverage = {},
}: Pick<FixPlan, "baseline" | "split" | "coverage">): Parameters<TestSuiteCheck["forTests"]>[0] {
  const tests = Object.entries(coverage).map(([path, places]): [string, string[]] => [
    path,
    places.map((place) => baseline.passing[place] as string),
  ]);
  return { ...split, ignored: [...baseline.flaky, ...baseline.beyond], coverage: Object.fromEntries(tests) };
}

/** Test names are long, and every file has many: their places in a list are recorded instead. */
export function placesIn(tests: readonly string[], coverage: Coverage): Readonly<Record<string, readonly number[]>> {
  const placeOf = new Map(tests.map((id, place) => [id, place]));
  return Object.fromEntries(
    Object.entries(coverage).map(([path, ids]) => [path, ids.flatMap((id) => placeOf.get(id) ?? [])]),
  );
}
