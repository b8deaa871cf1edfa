import { join } from "node:path";
import { HARNESS, cleanRun } from "./clean-run.ts";
import { recognizeRunner } from "./recognize.ts";
import type { RunRequest, RunnerAdapter, SuiteContext, TestReport, WarmSuite } from "./types.ts";
import { WarmLane } from "./warm-lane.ts";

const PLUGIN = join(HARNESS, "unittest-plugin");
/** `pawl_trace` and `pawl_fork` are shared with pytest. */
const PLUGINS = [PLUGIN, join(HARNESS, "pytest-plugin")].join(":");

/** Python's unittest: the user's command with a module that Python loads at its start; kept warm by a server that forks for each request. */
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

  async startWarm(context: SuiteContext): Promise<WarmSuite | { readonly reason: string }> {
    const { words, env: assigned, folder } = recognizeRunner(context.command.argv.at(-1) ?? "");
    const own = { ...context.command.env, ...assigned };
    const env: Record<string, string> = {
      ...own,
      PYTHONPATH: [PLUGINS, own["PYTHONPATH"]].filter(Boolean).join(":"),
      PAWL_ROOT: context.snapshot.root,
    };
    // The interpreter and its switches, then what comes after `-m unittest`.
    const module = words.indexOf("-m");
    const argv = [...words.slice(0, module), join(PLUGIN, "pawl_unittest_server.py"), ...words.slice(module + 2)];
    const encode = ({ files, tests, stopAtFirstFailure, trace, timeoutMs, silenceMs }: RunRequest) => ({
      files,
      tests: tests ?? null,
      stop: stopAtFirstFailure ?? false,
      trace: trace ?? null,
      timeoutMs,
      silenceMs: silenceMs ?? null,
    });
    const command = { argv, cwd: folder, env };
    return WarmLane.start(context, { name: "unittest", command, encode, recycleAfter: Infinity });
  },
};
