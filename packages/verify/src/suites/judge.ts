import type { Feedback, Verdict } from "@pawl/core";
import type { TestId, TestOutcome, TestReport } from "./types.ts";

/** What a report is held against. */
export interface Expectation {
  /** Tests (or files) that failed before. */
  readonly failing: readonly TestId[];
  /** Tests that passed before. */
  readonly passing: readonly TestId[];
  /** Tests that say nothing here: flaky ones, held-out ones. */
  readonly ignored: ReadonlySet<TestId>;
  /** True when the whole suite ran by the user's command, so that other failures and the exit code count, too. */
  readonly whole: boolean;
}

const FEEDBACK_LIMIT = 30;

/** Turns a report into a verdict. `passed` is the fraction of the formerly failing tests that pass now, `regressions` the number of formerly passing ones that do not. */
export function judgeReport(report: TestReport, expectation: Expectation): Verdict {
  const { failing, passing, ignored, whole } = expectation;
  const byId = new Map(report.tests.map((test) => [test.id, test]));
  const status = (id: TestId) => byId.get(id)?.status ?? statusOfFile(report, id, ignored);
  const stillFailing = failing.filter((id) => status(id) !== "passed");
  const regressions = passing.filter((id) => status(id) !== "passed");
  const expected = new Set([...failing, ...passing]);
  const others = whole
    ? report.tests
        .filter((test) => test.status === "failed" && !expected.has(test.id) && !ignored.has(test.id))
        .map((test) => test.id)
    : [];
  const notPassing = [...new Set([...stillFailing, ...regressions, ...others])].sort();

  const feedback: Feedback[] = report.errors.map(({ file, message }) => ({
    kind: "error",
    message,
    ...(file !== undefined && { path: file }),
  }));
  for (const id of notPassing) feedback.push(feedbackOn(id, byId.get(id), status(id)));
  if (report.timedOut) feedback.push({ kind: "error", message: "the tests did not end in time" });
  const exitedBadly =
    whole &&
    notPassing.length === 0 &&
    report.complete &&
    (report.exitCode ?? 0) !== 0 &&
    !report.tests.some((test) => test.status === "failed");
  if (exitedBadly)
    feedback.push({
      kind: "error",
      message: `the test command ended with exit code ${report.exitCode} although no test failed`,
    });

  const loads =
    failing.length + passing.length === 0 ||
    report.tests.some((test) => expected.has(test.id) || expected.has(test.file));
  const good = notPassing.length === 0 && report.errors.length === 0 && report.complete && !exitedBadly;
  return {
    status: report.timedOut ? "timeout" : good ? "passed" : loads ? "failed" : "error",
    scores: {
      passed: [failing.length === 0 ? 1 : (failing.length - stillFailing.length) / failing.length],
      regressions: [regressions.length],
    },
    failing: notPassing,
    feedback: feedback.slice(0, FEEDBACK_LIMIT),
    cost: { wallMs: report.wallMs, cpuMs: report.cpuMs },
    evidence: [],
  };
}

/** A file as a whole passes when it reports tests that all pass, and no error. */
function statusOfFile(report: TestReport, id: TestId, ignored: ReadonlySet<TestId>): TestOutcome["status"] | undefined {
  if (report.errors.some((error) => error.file === id)) return "failed";
  const tests = report.tests.filter((test) => test.file === id && !ignored.has(test.id));
  if (tests.length === 0) return undefined;
  return tests.some((test) => test.status === "failed") ? "failed" : "passed";
}

function feedbackOn(id: TestId, test: TestOutcome | undefined, status: TestOutcome["status"] | undefined): Feedback {
  const frame = test?.stack?.[0];
  return {
    kind: "test",
    name: id,
    message: test?.message ?? (status === undefined ? "not reported" : status),
    ...(frame !== undefined && { path: frame.path, line: frame.line }),
    ...(test?.expected !== undefined && { expected: test.expected }),
    ...(test?.actual !== undefined && { actual: test.actual }),
  };
}
