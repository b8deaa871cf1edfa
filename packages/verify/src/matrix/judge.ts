import type { Feedback, Status } from "@pawl/core";
import { judgeReport } from "../suites/judge.ts";
import type { RunnerAdapter, SuiteContext, TestReport } from "../suites/types.ts";
import { matrixAdapter, ofVersion } from "./adapter.ts";
import { exportsIn } from "./exports.ts";
import { failureClass, type FailureClass } from "./failure-class.ts";
import type { VersionView } from "./view.ts";

/** What the unchanged project does with one version. */
export interface VersionVerdict {
  readonly view: VersionView;
  readonly status: Status;
  readonly passed: number;
  readonly failed: number;
  /** Tests and files that do not pass, and what stopped the run as a whole. */
  readonly failures: readonly VersionFailure[];
  /** Exported names; null when the version does not load by itself. */
  readonly names: readonly string[] | null;
}

export interface VersionFailure extends Feedback {
  readonly class: FailureClass;
}

/** Runs the whole suite once with each version, by the user's command in a fresh box. `onVersion` is told which one comes next. */
export async function judgeVersions(
  context: SuiteContext,
  adapter: RunnerAdapter,
  views: readonly VersionView[],
  options: {
    readonly timeoutMs: number;
    readonly python: string;
    readonly onVersion?: (view: VersionView) => void;
    readonly signal?: AbortSignal;
  },
): Promise<readonly VersionVerdict[]> {
  const verdicts: VersionVerdict[] = [];
  for (const view of views) {
    options.onVersion?.(view);
    const { names } = await exportsIn(view, context, options.python, options.signal);
    const matrix = matrixAdapter(adapter, [view]);
    const report = await matrix.runClean(context, { files: {}, timeoutMs: options.timeoutMs }, options.signal);
    verdicts.push({ ...verdictOf(view, ofVersion(view, report)), names });
  }
  return verdicts;
}

function verdictOf(view: VersionView, report: TestReport): Omit<VersionVerdict, "names"> {
  const expectation = { failing: [], passing: [], ignored: new Set<string>(), whole: true };
  const { status, feedback } = judgeReport(report, expectation);
  const nothing = report.tests.length === 0 && feedback.length === 0;
  const failures: readonly Feedback[] = nothing ? [{ kind: "error", message: "no test was reported" }] : feedback;
  return {
    view,
    status: nothing ? "error" : status,
    passed: report.tests.filter((test) => test.status === "passed").length,
    failed: report.tests.filter((test) => test.status === "failed").length + report.errors.length,
    failures: failures.map((each) => ({ ...each, class: failureClass(each) })),
  };
}
