import { UsageError } from "@pawl/core";
import type { RunRequest, RunnerAdapter, SuiteContext, TestId, TestOutcome, TestReport, WarmSuite } from "./types.ts";

/** The suite on the unchanged project: what must be made to pass, and what must go on passing. Id lists are sorted. */
export interface Baseline {
  readonly report: TestReport;
  /** Tests that fail; and files that do not load, by their path alone. */
  readonly failing: readonly TestId[];
  readonly passing: readonly TestId[];
  /** Tests that passed in one run and failed in the other: no evidence either way, so they are left out of every judgement. */
  readonly flaky: readonly TestId[];
  /** Those of `failing` that ran into the limit for a single test; only looked for when the suite does not end by itself. */
  readonly hanging: readonly TestId[];
  /** Limit for one clean run of the whole suite, milliseconds: five times what the baseline took, at least 2 s. */
  readonly timeoutMs: number;
}

const LEAST_TIMEOUT_MS = 2000;
const TIMEOUT_FACTOR = 5;
const LONGEST_BASELINE_MS = 120_000;
/** For a single test, once the suite is known not to end by itself. */
const LONGEST_TEST_MS = 10_000;

/**
 * Runs the user's command on the unchanged project, and once more when something fails, to find flaky tests.
 * @throws UsageError when the suite does not end in time, or reports nothing at all
 */
export async function runBaseline(
  context: SuiteContext,
  adapter: RunnerAdapter,
  { timeoutMs = LONGEST_BASELINE_MS, signal }: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<Baseline> {
  const shown = context.command.argv.at(-1) ?? "";
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
  const first = outcomes(report);
  const flaky = new Set<TestId>();
  if (!endless && [...first.values()].includes("failed")) {
    const again = await adapter.runClean(context, request, signal);
    const second = outcomes(again);
    for (const [id, status] of first) if (again.complete && second.get(id) !== status) flaky.add(id);
  }
  const withStatus = (wanted: TestOutcome["status"]) =>
    [...first]
      .filter(([id, status]) => status === wanted && !flaky.has(id))
      .map(([id]) => id)
      .sort();
  return {
    report,
    failing: withStatus("failed"),
    passing: withStatus("passed"),
    flaky: [...flaky].sort(),
    hanging: endless ? withStatus("failed").filter((id) => timedOut(report, id)) : [],
    timeoutMs: Math.max(LEAST_TIMEOUT_MS, Math.ceil(TIMEOUT_FACTOR * report.wallMs)),
  };
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

/**
 * Runs the unchanged project in the warm suite and compares it with the clean baseline.
 * @returns how long the warm run took, or why the warm suite cannot be trusted to say the same
 */
export async function calibrate(
  suite: WarmSuite,
  baseline: Baseline,
  signal?: AbortSignal,
): Promise<{ readonly wallMs: number } | { readonly reason: string }> {
  const hanging = new Set(baseline.hanging);
  const failing = baseline.failing.filter((id) => !hanging.has(id));
  const tests = [...failing, ...baseline.passing];
  const report = await suite.run({ files: {}, tests, timeoutMs: baseline.timeoutMs }, signal);
  if (report.timedOut) return { reason: "the warm run of the unchanged project did not end in time" };
  const warm = outcomes(report);
  const expected = new Map([
    ...failing.map((id) => [id, "failed"] as const),
    ...baseline.passing.map((id) => [id, "passed"] as const),
  ]);
  const files = new Set(baseline.report.tests.map((test) => test.file));
  const different: string[] = [];
  for (const [id, status] of expected) {
    // A file that passes as a whole may report its tests one by one instead.
    const isFile = files.has(id) && status === "passed";
    if (!isFile && warm.get(id) !== status)
      different.push(`${id} (${status}, warm: ${warm.get(id) ?? "not reported"})`);
  }
  if (different.length === 0) return { wallMs: report.wallMs };
  const examples = different.slice(0, 3).join("; ");
  return { reason: `${different.length} of ${expected.size} tests end differently in a warm process: ${examples}` };
}
