import { join } from "node:path";
import { HARNESS, cleanRun } from "./clean-run.ts";
import { recognizeRunner } from "./recognize.ts";
import type { RunRequest, RunnerAdapter, SuiteContext, TestReport, WarmSuite } from "./types.ts";
import { WarmLane } from "./warm-lane.ts";

const PLUGIN = join(HARNESS, "pytest-plugin");

/** pytest: the user's command with a plugin added through PYTEST_ADDOPTS; kept warm by a server that forks for each request. */
export const pytestAdapter: RunnerAdapter = {
  id: "pytest",
  canCollectAll: true,

  runClean(context: SuiteContext, request: RunRequest, signal?: AbortSignal): Promise<TestReport> {
    const own = context.command.env ?? {};
    const env: Record<string, string> = {
      PYTHONPATH: [PLUGIN, own["PYTHONPATH"]].filter(Boolean).join(":"),
      PYTEST_ADDOPTS: [own["PYTEST_ADDOPTS"], "-p pawl_plugin", request.stopAtFirstFailure ? "-x" : ""]
        .filter(Boolean)
        .join(" "),
      PYTHONDONTWRITEBYTECODE: "1",
      PAWL_ROOT: context.snapshot.root,
    };
    if (request.tests !== undefined) env["PAWL_TESTS"] = JSON.stringify(request.tests);
    if (request.testTimeoutMs !== undefined) env["PAWL_TEST_TIMEOUT"] = String(request.testTimeoutMs / 1000);
    if (request.trace !== undefined) env["PAWL_TRACE"] = JSON.stringify(request.trace);
    // An assignment in the line itself must not hide the plugin.
    const argv = context.command.argv.map((word) => word.replace(/\bPYTHONPATH=/g, 'PYTHONPATH="$PYTHONPATH:"'));
    return cleanRun({ ...context, command: { ...context.command, argv } }, request, "pytest", env, signal);
  },

  async startWarm(
    context: SuiteContext,
    baseline: TestReport,
    collectAll = false,
  ): Promise<WarmSuite | { readonly reason: string }> {
    const { python, args, env: own, cwdOnPath, folder } = invocation(context);
    const env: Record<string, string> = { ...own, PYTHONPATH: [PLUGIN, own["PYTHONPATH"]].filter(Boolean).join(":") };
    env["PAWL_ROOT"] = context.snapshot.root;
    if (cwdOnPath) env["PAWL_CWD_ON_PATH"] = "1";
    const command = { argv: [python, join(PLUGIN, "pawl_server.py"), ...args], cwd: folder, env };
    // In the order of the user's command: what one file puts on the path, another may need.
    const place = new Map(baseline.tests.map(({ file }, index) => [file, index]));
    const pathsOf = (tests: readonly string[]) =>
      [...new Set(tests.map((id) => id.split(" > ")[0] as string))].sort(
        (a, b) => (place.get(a) ?? -1) - (place.get(b) ?? -1),
      );
    const encode = ({ files, tests, stopAtFirstFailure, trace, timeoutMs, silenceMs }: RunRequest) => ({
      files,
      tests: tests ?? null,
      paths: tests === undefined || collectAll ? null : pathsOf(tests),
      stop: stopAtFirstFailure ?? false,
      trace: trace ?? null,
      timeoutMs,
      silenceMs: silenceMs ?? null,
    });
    return WarmLane.start(context, { name: "pytest", command, encode, recycleAfter: Infinity });
  },
};

/** The interpreter and pytest's own arguments of the user's command; `python -m pytest` also puts the project on the path. */
function invocation({ command, snapshot }: SuiteContext): {
  python: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwdOnPath: boolean;
  folder: string;
} {
  const { words, env: assigned, folder } = recognizeRunner(command.argv.at(-1) ?? "");
  const env = { ...command.env, ...assigned };
  const environment = snapshot.dependencies.find((folder) => /\/\.?venv$/.test(folder));
  const standard = environment === undefined ? "python3" : join(environment, "bin/python");
  const module = words.indexOf("-m");
  if (/^(?:.*\/)?python[\d.]*$/.test(words[0] ?? "") && module !== -1) {
    return { python: words[0] as string, args: words.slice(module + 2), env, cwdOnPath: true, folder };
  }
  return { python: standard, args: words.slice(1), env, cwdOnPath: false, folder };
}
