import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@pawl/core";
import {
  adapterFor,
  classifyFiles,
  compareVersions,
  discoverTests,
  judgeVersions,
  openSandbox,
  projectPython,
  releasesBetween,
  removeSnapshot,
  takeSnapshot,
  type FailureClass,
  type Isolation,
  type ProjectSnapshot,
  type VersionVerdict,
} from "@pawl/verify";
import { fix } from "./fix.ts";
import { bisectReleases } from "./matrix-bisect.ts";
import { declaredVersions, rangeOf } from "./matrix-range.ts";
import { demandSandbox, ecosystemOf, openMatrix } from "./matrix-views.ts";
import type { FixOptions } from "./options.ts";
import type { FixResult } from "./results.ts";

export interface MatrixOptions extends Omit<FixOptions, "matrix" | "unsafe"> {
  /** Name of the dependency in its registry. */
  readonly dependency: string;
  /** Exact versions or ranges; default: what the project's package.json says it works with. */
  readonly versions?: readonly string[];
  /** Where the project does not pass with all versions, search a patch that does. */
  readonly fix?: boolean;
  /** Find the release at which the tests flip, and install only what is tried. `versions`: a range, or two ends; default: the range in package.json. */
  readonly bisect?: boolean;
  /** Told what is going on, until the search starts. */
  readonly onPhase?: (phase: string) => void;
}

/** Shapes of `--json`, stable. */
export interface MatrixResult {
  /** `passed` when the project as it is, or with the patch of `fix`, passes with every version. */
  readonly status: "passed" | "failed";
  readonly dependency: string;
  /** Those tried, oldest first. */
  readonly versions: readonly MatrixVersion[];
  /** Where the verdict flips; null unless that was asked for. */
  readonly bisection: MatrixBisection | null;
  /** The search for a patch; null when none was asked for or needed. */
  readonly fix: FixResult | null;
  readonly seconds: number;
  readonly isolation: Isolation;
}

/** Where the tests turn from passing to failing, or back, along the releases of a dependency. */
export interface MatrixBisection {
  /** `alike`: they say the same of both ends. `unknown`: fewer than two releases could be tried. */
  readonly outcome: "flips" | "alike" | "unknown";
  /** The releases searched among, both ends included: how many, the oldest, the newest. */
  readonly releases: number;
  readonly oldest: string;
  readonly newest: string;
  /** Neighbours among those that can be tried: the last that is judged like the oldest, the first that is judged like the newest. Null unless it flips. */
  readonly last: string | null;
  readonly first: string | null;
  /** Releases that were to be tried and could not be. */
  readonly skipped: readonly { readonly version: string; readonly reason: string }[];
}

export interface MatrixVersion {
  readonly version: string;
  readonly status: string;
  readonly tests: { readonly passed: number; readonly failed: number };
  /** The first 30. */
  readonly failures: readonly MatrixFailure[];
  /** The nearest version that passes; null when this one does, or none. */
  readonly compared: string | null;
  /** Exported names of that version that this one has not, and that stand in the project's sources. */
  readonly missing: readonly { readonly name: string; readonly files: readonly string[] }[];
  /** How many names are in one of the two versions only. */
  readonly exports: { readonly gone: number; readonly added: number } | null;
}

export interface MatrixFailure {
  /** Test id, or null for what stopped the run as a whole. */
  readonly test: string | null;
  /** `wrong value`: it runs, and gives something else. */
  readonly class: FailureClass;
  readonly message: string;
}

const DEFAULT_TEST_TIMEOUT_SECONDS = 300;

/** Runs the project's tests with several versions of a dependency; neither the project nor what is installed in it is changed. */
export async function matrix(options: MatrixOptions): Promise<MatrixResult> {
  if (options.bisect === true && options.fix === true)
    throw new UsageError({
      what: "a search for the release and a search for a patch at the same time",
      where: "--bisect, --fix",
      todo: "Find the two releases with --bisect first, then name them: --versions <last>,<first> --fix",
    });
  const started = performance.now();
  const { dependency, signal, onPhase } = options;
  const discovery = discoverTests(options.root, options.test);
  const sandbox = await openSandbox({
    ...(options.isolation === undefined ? {} : { prefer: options.isolation }),
    // Nothing runs without one: what is said then must not offer to do without.
    unsafe: true,
  });
  demandSandbox(sandbox, dependency);
  const home = join(discovery.root, discovery.folder);
  const ecosystem = ecosystemOf(discovery);
  const python = projectPython(discovery.root);
  const wanted =
    options.versions ??
    (options.bisect === true
      ? [rangeOf(ecosystem, home, dependency)]
      : await declaredVersions(ecosystem, home, dependency, signal));
  const snapshot = await takeSnapshot(discovery.root, options);
  try {
    const stop = signal === undefined ? {} : { signal };
    const judge = async (versions: readonly string[], exact: boolean): Promise<readonly VersionVerdict[]> => {
      await using opened = await openMatrix({ dependency, versions, exact }, discovery, snapshot, sandbox, {
        signal,
        onInstall: (what) => onPhase?.(`installing ${what} outside of the project`),
      });
      const context = { sandbox, snapshot, command: discovery.command };
      return judgeVersions(context, adapterFor(discovery.runner), opened.views, {
        timeoutMs: 1000 * (options.testTimeout ?? DEFAULT_TEST_TIMEOUT_SECONDS),
        python,
        onVersion: (view) => onPhase?.(`${view.label}: ${discovery.line}`),
        ...stop,
      });
    };
    const searched =
      options.bisect === true
        ? await bisectReleases(
            await releasesBetween({ ecosystem, name: dependency, versions: wanted, root: home, python, ...stop }),
            async (version) => (await judge([version], true))[0] as VersionVerdict,
          )
        : null;
    const verdicts = (searched?.verdicts ?? (await judge(wanted, false))).toSorted((a, b) =>
      compareVersions(a.view.installed.version, b.view.installed.version),
    );
    const { source } = classifyFiles(snapshot, discovery.runner);
    const versions = verdicts.map((verdict) => versionOf(verdict, verdicts, snapshot, source));
    const failed = verdicts.length === 0 || verdicts.some(({ status }) => status !== "passed");
    const exact = verdicts.map(({ view }) => view.installed.version);
    const fixed =
      failed && options.fix === true ? await fix({ ...options, matrix: { dependency, versions: exact } }) : null;
    return {
      status: !failed || fixed?.status === "fixed" ? "passed" : "failed",
      dependency,
      versions,
      bisection: searched?.bisection ?? null,
      fix: fixed,
      seconds: Math.round((performance.now() - started) / 100) / 10,
      isolation: sandbox.isolation,
    };
  } finally {
    await removeSnapshot(snapshot);
  }
}

function versionOf(
  verdict: VersionVerdict,
  all: readonly VersionVerdict[],
  snapshot: ProjectSnapshot,
  sources: readonly string[],
): MatrixVersion {
  const { version } = verdict.view.installed;
  const near = verdict.status === "passed" ? null : nearestPassing(version, all);
  const [own, other] = [verdict.names, near?.names ?? null];
  const gone = own === null || other === null ? [] : other.filter((name) => !own.includes(name));
  return {
    version,
    status: verdict.status,
    tests: { passed: verdict.passed, failed: verdict.failed },
    failures: verdict.failures.map(({ name, message, class: kind }) => ({ test: name ?? null, class: kind, message })),
    compared: near?.view.installed.version ?? null,
    missing: usedIn(gone, snapshot, sources),
    exports:
      own === null || other === null
        ? null
        : { gone: gone.length, added: own.filter((name) => !other.includes(name)).length },
  };
}

function nearestPassing(version: string, all: readonly VersionVerdict[]): VersionVerdict | null {
  const passing = all.filter(({ status }) => status === "passed");
  const newer = passing.find(({ view }) => compareVersions(view.installed.version, version) > 0);
  return newer ?? passing.at(-1) ?? null;
}

/** A hint, not a proof: a name that stands in a source file may have nothing to do with the dependency. */
function usedIn(
  names: readonly string[],
  snapshot: ProjectSnapshot,
  sources: readonly string[],
): MatrixVersion["missing"] {
  if (names.length === 0) return [];
  const words = sources.map((path) => {
    const text = readFileSync(join(snapshot.base, path), "utf8");
    return [path, new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu))] as const;
  });
  return names
    .map((name) => ({ name, files: words.filter(([, known]) => known.has(name)).map(([path]) => path) }))
    .filter(({ files }) => files.length > 0);
}
