import { realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { HARNESS, cleanRun, suiteLimits } from "./clean-run.ts";
import { ReportFolder } from "./report-file.ts";
import type { RunRequest, RunnerAdapter, SuiteContext, TestId, TestReport, WarmSuite } from "./types.ts";
import { WarmLane, warmUpTests } from "./warm-lane.ts";

/**
 * vitest, jest and mocha are programs that Node runs, found and started by any command a person can write. What they share here: a
 * preload that finds the runner's own process among all those of the command and adds our reporter to its arguments, and a reporter
 * that either reports, or tells how its process was started, or keeps that process and serves requests.
 *
 * Limits: a runner that is not started by its own script (a tool that calls it as a library), or behind a tool that clears the
 * environment (turbo in strict mode), is not found; the report is then not complete and says so.
 */
type ScriptRunner = "vitest" | "jest" | "mocha";

/** How a runner's process was started, as it said itself. */
interface Launch {
  /** Node's flags, the runner's script, its arguments. */
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const SHIM = join(HARNESS, "node-shim");
/** For the user's command to get as far as loading the runner. */
const LAUNCH_TIMEOUT_MS = 120_000;
/** Of the box's own environment, or of npm's, or ours: not for the warm process. */
const NOT_INHERITED = /^(?:HOME|TMPDIR|PWD|OLDPWD|SHLVL|_|INIT_CWD|npm_.*|PAWL_.*)$/;

/** Every lane of a project starts the same process. */
const launches = new WeakMap<SuiteContext, Promise<Launch | { readonly reason: string }>>();

/** The adapter of a runner whose harness files start with its name. */
export function scriptRunnerAdapter(id: ScriptRunner): RunnerAdapter {
  return {
    id,
    runClean(context, request, signal) {
      const { root } = context.snapshot;
      const files = request.tests === undefined ? undefined : filesOf(request.tests).map((file) => join(root, file));
      const trace = request.trace?.map((path) => join(root, path));
      const env = reporterEnv(context, id, { mode: "report", root, files, bail: request.stopAtFirstFailure, trace });
      return cleanRun(throughShim(context), request, id, env, signal);
    },
    startWarm: (context, baseline) => startWarm(context, id, baseline),
  };
}

async function startWarm(
  context: SuiteContext,
  id: ScriptRunner,
  baseline: TestReport,
): Promise<WarmSuite | { readonly reason: string }> {
  let found = launches.get(context);
  if (found === undefined) launches.set(context, (found = findLaunch(context, id)));
  const launch = await found;
  if ("reason" in launch) return launch;
  const { root } = context.snapshot;
  const env = { ...launch.env, PAWL_RUN: JSON.stringify({ mode: "warm", root }) };
  // Pawl's own node can load modules again, an older one cannot; that it says the same is found out before it is trusted.
  const command = {
    argv: [realpathSync(process.execPath), ...launch.argv],
    cwd: relative(root, launch.cwd) || ".",
    env,
  };
  const warmUp = warmUpTests(baseline);
  return WarmLane.start(context, { name: id, command, encode: (request) => encode(request, root), warmUp });
}

/** Starts the user's command once, up to the moment when the runner loads its reporter. */
async function findLaunch(context: SuiteContext, id: ScriptRunner): Promise<Launch | { readonly reason: string }> {
  const folder = new ReportFolder();
  try {
    const { snapshot } = context;
    const own = reporterEnv(context, id, { mode: "launch", root: snapshot.root });
    const { command } = throughShim(context);
    const env = { ...command.env, ...own, PAWL_REPORT: folder.file };
    const contents = { snapshot, files: {}, readOnly: [HARNESS, folder.folder], writable: folder.files };
    await context.sandbox.run(contents, { ...command, env }, suiteLimits(LAUNCH_TIMEOUT_MS));
    const lines = folder.read().split("\n").filter(Boolean);
    if (lines.length !== 1) return { reason: `the test command starts ${id} ${lines.length} times, not once` };
    const launch = JSON.parse(lines[0] as string) as Launch;
    return { ...launch, env: inheritedEnv(launch.env) };
  } finally {
    folder.remove();
  }
}

function inheritedEnv(env: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_INHERITED.test(name)));
  const options = (env["NODE_OPTIONS"] ?? "").replace(env["PAWL_PRELOAD"] ?? "", "").trim();
  const path = (env["PATH"] ?? "").split(":").filter((folder) => folder !== SHIM);
  return { ...kept, NODE_OPTIONS: options, PATH: path.join(":") };
}

/** Environment that makes the runner's process load our reporter; `CI` keeps it from watching and from writing new snapshots. */
function reporterEnv({ command }: SuiteContext, id: ScriptRunner, options: object): Record<string, string> {
  const preload = `--require="${join(HARNESS, `${id}-preload.cjs`).replace(/["\\]/g, "\\$&")}"`;
  return {
    CI: "true",
    ...command.env,
    NODE_OPTIONS: `${command.env?.["NODE_OPTIONS"] ?? ""} ${preload}`.trim(),
    PAWL_PRELOAD: preload,
    PAWL_RUN: JSON.stringify(options),
  };
}

/**
 * The user's command, where it or a script below it sets NODE_OPTIONS, which would drop our preload: what the line itself shows is
 * changed there; for the rest our `node` comes before the real one on PATH (unless node_modules/.bin has one of its own).
 */
function throughShim(context: SuiteContext): SuiteContext {
  const script = `PAWL_NODE=$(command -v node) PATH=$1:$PATH; export PAWL_NODE PATH; shift; exec "$@"`;
  const argv = ["sh", "-c", script, "sh", SHIM, ...context.command.argv.map(withPreload)];
  return { ...context, command: { ...context.command, argv } };
}

function withPreload(word: string): string {
  return word.replace(/\bNODE_OPTIONS=(?!["']?\$)/g, '$&"$PAWL_PRELOAD "');
}

/** What warm-server.cjs and the three warm harnesses read. */
function encode(request: RunRequest, root: string): Record<string, unknown> {
  const { tests } = request;
  // The id of a file alone stands for the whole file.
  const named = tests !== undefined && tests.every((id) => id.includes(" > "));
  return {
    files: request.files,
    entries: tests === undefined ? null : filesOf(tests).map((file) => join(root, file)),
    tests: named ? tests : null,
    names: named ? namePattern(tests) : null,
    stop: request.stopAtFirstFailure ?? false,
    trace: request.trace?.map((path) => join(root, path)) ?? null,
  };
}

function filesOf(tests: readonly TestId[]): string[] {
  return [...new Set(tests.map((id) => id.split(" > ")[0] as string))];
}

/** Regular expression over the full names of tests (suites and test joined by spaces); may match more tests than asked for. */
function namePattern(tests: readonly TestId[]): string {
  const names = tests.map((id) => {
    const plain = id.slice(id.indexOf(" > ") + 3).replace(/ #\d+$/, "");
    return plain
      .replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
      .replaceAll(" > ", "(?: > | )")
      .replaceAll(" ", "\\s+");
  });
  return `^\\s*(?:${[...new Set(names)].join("|")})(?: #\\d+)?\\s*$`;
}
