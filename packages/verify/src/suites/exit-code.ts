import { suiteLimits } from "./clean-run.ts";
import type { RunRequest, RunnerAdapter, SuiteContext, TestReport } from "./types.ts";

/** The one test of a command whose runner is unknown. */
export const EXIT_CODE_TEST = "exit code";

const TAIL_LINES = 40;

/** Fallback for any command: exit code 0 is one passed test. */
export const exitCodeAdapter: RunnerAdapter = {
  id: "exit-code",
  async runClean(context: SuiteContext, request: RunRequest, signal?: AbortSignal): Promise<TestReport> {
    const contents = { snapshot: context.snapshot, files: request.files };
    const result = await context.sandbox.run(contents, context.command, suiteLimits(request.timeoutMs), signal);
    const { exitCode, timedOut, wallMs, cpuMs } = result;
    const costs = { timedOut, complete: !timedOut, exitCode, wallMs, cpuMs };
    if (exitCode === 0) return { tests: [{ id: EXIT_CODE_TEST, file: "", status: "passed" }], errors: [], ...costs };
    const end = timedOut ? "timed out" : exitCode === null ? `signal ${result.signal}` : `exit code ${exitCode}`;
    const tail = `${result.stdout}\n${result.stderr}`.trim().split("\n").slice(-TAIL_LINES).join("\n");
    const message = tail === "" ? end : `${end}:\n${tail}`;
    return { tests: [{ id: EXIT_CODE_TEST, file: "", status: "failed", message }], errors: [], ...costs };
  },
};
