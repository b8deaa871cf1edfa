import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { HARNESS, cleanRun } from "./clean-run.ts";
import { recognizeRunner } from "./recognize.ts";
import type { RunRequest, RunnerAdapter, SuiteContext, TestReport, WarmSuite } from "./types.ts";
import { WarmLane, warmUpTests } from "./warm-lane.ts";

/** node:test: the user's `node --test …` with a reporter added through NODE_OPTIONS; kept warm by a compatible runner in one process. */
export const nodeTestAdapter: RunnerAdapter = {
  id: "node:test",

  runClean(context: SuiteContext, request: RunRequest, signal?: AbortSignal): Promise<TestReport> {
    const url = (name: string) => pathToFileURL(join(HARNESS, name)).href;
    const options = [
      context.command.env?.["NODE_OPTIONS"] ?? "",
      `--test-reporter=${url("node-test-reporter.mjs")} --test-reporter-destination=stdout`,
      request.trace === undefined ? "" : `--import=${url("node-test-trace-preload.mjs")}`,
    ];
    const env = {
      NODE_OPTIONS: options.filter(Boolean).join(" "),
      PAWL_ROOT: context.snapshot.root,
      ...(request.trace !== undefined && { PAWL_TRACE: JSON.stringify(request.trace) }),
    };
    const own = {
      ...context,
      command: { ...context.command, argv: context.command.argv.map((word) => adapted(word, request)) },
    };
    return cleanRun(own, request, "node:test", env, signal);
  },

  async startWarm(context: SuiteContext, baseline: TestReport): Promise<WarmSuite | { readonly reason: string }> {
    const flags = nodeFlags(context);
    if ("reason" in flags) return flags;
    const files = filesWithTests(baseline);
    const command = {
      argv: ["node", ...flags.flags, join(HARNESS, "node-test-warm.mjs")],
      cwd: flags.folder,
      env: { ...context.command.env, ...flags.env, PAWL_ROOT: context.snapshot.root },
    };
    const encode = ({ files: changed, tests, stopAtFirstFailure, trace }: RunRequest) => ({
      files: changed,
      entries:
        tests === undefined
          ? files
          : files.filter((file) => tests.some((id) => id === file || id.startsWith(`${file} > `))),
      tests: tests ?? null,
      stop: stopAtFirstFailure ?? false,
      trace: trace ?? null,
    });
    return WarmLane.start(context, { name: "node:test", command, encode, warmUp: warmUpTests(baseline) });
  },
};

function filesWithTests(baseline: TestReport): string[] {
  const files = [...baseline.tests.map((test) => test.file), ...baseline.errors.flatMap((error) => error.file ?? [])];
  return [...new Set(files)].sort();
}

/**
 * The user's shell line without reporters of its own, which would need destinations of their own; an assignment in it must not hide ours;
 * and with a limit for each test.
 */
function adapted(word: string, { testTimeoutMs }: RunRequest): string {
  const line = word
    .replace(/\bNODE_OPTIONS=/g, 'NODE_OPTIONS="$NODE_OPTIONS "')
    .replace(/\s--test-reporter(?:-destination)?(?:=|\s+)(?:"[^"]*"|'[^']*'|[^\s"']+)/g, "");
  return testTimeoutMs === undefined
    ? line
    : line.replace(/\s--test(?=\s|$)/g, ` --test --test-timeout=${testTimeoutMs}`);
}

/** Flags of the user's node that have a meaning without its test runner, or the reason why the suite needs the real one. */
function nodeFlags({
  command,
}: SuiteContext):
  | { readonly flags: readonly string[]; readonly folder: string; readonly env: Readonly<Record<string, string>> }
  | { readonly reason: string } {
  const { words, env, folder } = recognizeRunner(command.argv.at(-1) ?? "");
  if (words[0] === "tsx") return { flags: ["--import", "tsx"], env, folder };
  const flags: string[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at] as string;
    if (!word.startsWith("-")) break;
    if (/^--test-(only|name-pattern|skip-pattern|global-setup)/.test(word))
      return { reason: `${word} needs node's own test runner` };
    const takesValue = /^(?:--import|--require|-r|--loader|--experimental-loader|--conditions|-C|--env-file)$/.test(
      word,
    );
    if (word.startsWith("--test") || /^--(?:watch|experimental-test|experimental-default-type)/.test(word)) {
      if (/^--test-(?:reporter|reporter-destination|concurrency|timeout|shard|isolation)$/.test(word)) at++;
      continue;
    }
    flags.push(word, ...(takesValue ? [words[++at] ?? ""] : []));
  }
  return { flags, env, folder };
}
