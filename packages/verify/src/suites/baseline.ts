import { UsageError } from "@pawl/core";
import { shownLine } from "./discover.ts";
import type { RunRequest, RunnerAdapter, SuiteContext, TestId, TestOutcome, TestReport, WarmSuite } from "./types.ts";

/** The suite on the unchanged project: what must be made to pass, and what must go on passing. Id lists are sorted. */
export interface Baseline {
  readonly report: TestReport;
  /** Tests that fail; and files that do not load, by their path alone. */
  readonly failing: readonly TestId[];
  readonly passing: readonly TestId[];
  /** Tests that passed in one run and failed in the other: no evidence either way, so they are left out of every judgement. */
  readonly flaky: readonly TestId[];
  /** Tests that fail before any code that may be changed runs (a missing fixture, service or tool): left out as well, and none of `failing`. */
  readonly beyond: readonly TestId[];
  /** Those of `failing` that ran into the limit for a single test; only looked for when the suite does not end by itself. */
  readonly hanging: readonly TestId[];
  /** Limit for one clean run of the whole suite, milliseconds: five times what the baseline took, at least 2 s. */
  readonly timeoutMs: number;
  /** True when a second run, clean or warm, said the same, `flaky` tests left out. */
  readonly settled: boolean;
}

const LEAST_TIMEOUT_MS = 2000;
const TIMEOUT_FACTOR = 5;
const LONGEST_BASELINE_MS = 120_000;
/** For a single test, once the suite is known not to end by itself. */
const LONGEST_TEST_MS = 10_000;

/**
 * Runs the user's command on the unchanged project. One run cannot tell which tests are flaky: see `settleBaseline`.
 * @throws UsageError when the suite does not end in time, or reports nothing at all
 */
export async function runBaseline(
  context: SuiteContext,
  adapter: RunnerAdapter,
  { timeoutMs = LONGEST_BASELINE_MS, signal }: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<Baseline> {
  const shown = shownLine(context.command);
  let request: RunRequest = { files: {}, timeoutMs };
  let report = await adapter.runClean(context, request, signal);
  const endless = report.timedOut;
  if (endless) {
    // An endless loop may be the very fault to repair: find the tests that run into it.
    request = { ...request, testTimeoutMs: Math.min(LONGEST_TEST_MS, timeoutMs / 4) };
    report = await adapter.runClean(context, request, signal);
  }
  if (report.timedOut) {
    const todo = "Narrow the command to tests that end (--test), or raise the limit.";
    throw new UsageError({ what: `The tests did not end within ${timeoutMs / 1000} s.`, where: shown, todo });
  }
  if (report.tests.length === 0 && report.errors.every((error) => error.file === undefined)) {
    const what = `The test command reports no tests: ${report.errors.map((error) => error.message).join("; ") || `exit code ${report.exitCode}`}`;
    throw new UsageError({
      what,
      where: shown,
      todo: "Check that the command runs by hand, or give another one with --test.",
    });
  }
  const unknown = cannotStart(report);
  if (unknown !== null) {
    throw new UsageError({
      what: `The test command cannot run: ${unknown}`,
      where: shown,
      todo: "Install what it needs, or give another command with --test.",
    });
  }
  const failing = withStatus(report, "failed");
  return {
    report,
    failing,
    passing: withStatus(report, "passed"),
    flaky: [],
    beyond: [],
    hanging: endless ? failing.filter((id) => timedOut(report, id)) : [],
    timeoutMs: Math.max(LEAST_TIMEOUT_MS, Math.ceil(TIMEOUT_FACTOR * report.wallMs)),
    // An endless run is not tried twice, and where all pass there is nothing to do.
    settled: endless || failing.length === 0,
  };
}

/** A second clean run, which finds the flaky tests. */
export async function settleBaseline(
  context: SuiteContext,
  adapter: RunnerAdapter,
  baseline: Baseline,
  signal?: AbortSignal,
): Promise<Baseline> {
  if (baseline.settled) return baseline;
  const again = await adapter.runClean(context, { files: {}, timeoutMs: baseline.timeoutMs }, signal);
  const first = outcomes(baseline.report);
  const second = outcomes(again);
  const flaky = new Set(again.complete ? [...first.keys()].filter((id) => second.get(id) !== first.get(id)) : []);
  const steady = (ids: readonly TestId[]) => ids.filter((id) => !flaky.has(id));
  const { failing, passing, hanging } = baseline;
  return {
    ...baseline,
    failing: steady(failing),
    passing: steady(passing),
    hanging: steady(hanging),
    flaky: [...flaky].sort(),
    settled: true,
  };
}

function withStatus(report: TestReport, wanted: TestOutcome["status"]): readonly TestId[] {
  return [...outcomes(report)]
    .filter(([, status]) => status === wanted)
    .map(([id]) => id)
    .sort();
}

/** Why the shell could not start the command, when that is all there is; no change of the code can repair that. */
function cannotStart(report: TestReport): string | null {
  const [only, ...more] = report.tests;
  if (only === undefined || more.length > 0 || (report.exitCode !== 127 && report.exitCode !== 126)) return null;
  return /^.*(?:not found|permission denied).*$/im.exec(only.message ?? "")?.[0].trim() ?? null;
}

function timedOut(report: TestReport, id: TestId): boolean {
  const message =
    report.tests.find((test) => test.id === id)?.message ?? report.errors.find((error) => error.file === id)?.message;
  return /timed out/i.test(message ?? "");
}

/** Status by test id; a file that does not load counts as one failed test with the file's path as its id. */
function outcomes(report: TestReport): Map<TestId, TestOutcome["status"]> {
  const statuses = new Map(report.tests.map((test) => [test.id, test.status]));
  for (const { file } of report.errors) if (file !== undefined) statuses.set(file, "failed");
  return statuses;
}

/** What the warm suite said about the unchanged project. */
export interface Calibration {
  readonly report: TestReport;
  /** How long it took, and the longest wait for one result. */
  readonly wallMs: number;
  readonly silenceMs: number;
}

/** Runs the unchanged project in the warm suite; a reason when that does not end. */
export async function calibrate(
  suite: WarmSuite,
  baseline: Baseline,
  signal?: AbortSignal,
): Promise<Calibration | { readonly reason: string }> {
  const tests = [...ending(baseline), ...baseline.passing];
  const report = await suite.run({ files: {}, tests, timeoutMs: baseline.timeoutMs }, signal);
  if (report.timedOut) return { reason: "the warm run of the unchanged project did not end in time" };
  return { report, wallMs: report.wallMs, silenceMs: report.silenceMs ?? report.wallMs };
}

/** Failing tests that end by themselves. */
export function ending({ failing, hanging }: Baseline): readonly TestId[] {
  const endless = new Set(hanging);
  return failing.filter((id) => !endless.has(id));
}

/** Why a warm suite that reported this about the unchanged project cannot be trusted to say the same as the user's command; null when it can. */
export function disagreement(warm: TestReport, baseline: Baseline): string | null {
  const said = outcomes(warm);
  const expected = new Map([
    ...ending(baseline).map((id) => [id, "failed"] as const),
    ...baseline.passing.map((id) => [id, "passed"] as const),
  ]);
  const files = new Set(baseline.report.tests.map((test) => test.file));
  const different: string[] = [];
  for (const [id, status] of expected) {
    // A file that passes as a whole may report its tests one by one instead.
    const isFile = files.has(id) && status === "passed";
    if (!isFile && said.get(id) !== status)
      different.push(`${id} (${status}, warm: ${said.get(id) ?? "not reported"})`);
  }
  if (different.length === 0) return null;
  const examples = different.slice(0, 3).join("; ");
  return `${different.length} of ${expected.size} tests end differently in a warm process: ${examples}`;
}
