import { join } from "node:path";
import { HARNESS, cleanRun } from "./clean-run.ts";
import type { RunRequest, RunnerAdapter, SuiteContext, TestReport } from "./types.ts";

/** `pawl_trace` is shared with pytest. */
const PLUGINS = [join(HARNESS, "unittest-plugin"), join(HARNESS, "pytest-plugin")].join(":");

/** Python's unittest: the user's command with a module that Python loads at its start. Not kept warm: candidates are screened in fresh boxes. */
export const unittestAdapter: RunnerAdapter = {
  id: "unittest",

  runClean(context: SuiteContext, request: RunRequest, signal?: AbortSignal): Promise<TestReport> {
    const own = context.command.env ?? {};
    const env: Record<string, string> = {
      PYTHONPATH: [PLUGINS, own["PYTHONPATH"]].filter(Boolean).join(":"),
      PYTHONDONTWRITEBYTECODE: "1",
      PAWL_ROOT: context.snapshot.root,
    };
    if (request.tests !== undefined) env["PAWL_TESTS"] = JSON.stringify(request.tests);
    if (request.stopAtFirstFailure === true) env["PAWL_STOP"] = "1";
    if (request.testTimeoutMs !== undefined) env["PAWL_TEST_TIMEOUT"] = String(request.testTimeoutMs / 1000);
    if (request.trace !== undefined) env["PAWL_TRACE"] = JSON.stringify(request.trace);
    // An assignment in the line itself must not hide the module.
    const argv = context.command.argv.map((word) => word.replace(/\bPYTHONPATH=/g, 'PYTHONPATH="$PYTHONPATH:"'));
    return cleanRun({ ...context, command: { ...context.command, argv } }, request, "unittest", env, signal);
  },
};
