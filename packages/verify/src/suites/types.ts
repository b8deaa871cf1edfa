import type { ChangedFiles } from "@pawl/core";
import type { Command } from "../process.ts";
import type { Sandbox } from "../sandbox.ts";
import type { ProjectSnapshot } from "../snapshot.ts";

export type RunnerId = "node:test" | "vitest" | "jest" | "mocha" | "pytest" | "unittest" | "exit-code";

/**
 * `file > suite > test`: unique in a report; the runner's own nesting joined by ` > `, with ` #2`, ` #3` … for repeated names.
 * The path of a file alone stands for "this file loads": it fails by an error of the file, and is not a test that must be reported by name.
 */
export type TestId = string;

export interface TestOutcome {
  readonly id: TestId;
  /** Project-relative file of the test. */
  readonly file: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly message?: string;
  /** Stack frames inside the project, innermost first. */
  readonly stack?: readonly { readonly path: string; readonly line: number }[];
  readonly expected?: string;
  readonly actual?: string;
  /** It failed while its fixtures were set up, before its body; where the runner tells. */
  readonly inSetup?: boolean;
  /** Project-relative path → 1-based lines executed by this test; only when asked for. */
  readonly hits?: Readonly<Record<string, readonly number[]>>;
}

export interface TestReport {
  readonly tests: readonly TestOutcome[];
  /** Files or the whole run that could not be loaded, with the reason (syntax error, import error, crash). */
  readonly errors: readonly { readonly file?: string; readonly message: string }[];
  readonly timedOut: boolean;
  /** False when the runner ended before it said that it was done (crash, exit, kill). */
  readonly complete: boolean;
  /** Of the user's command, in a clean run; null when it was killed. */
  readonly exitCode?: number | null;
  /** Longest wait for a result; warm runs only. */
  readonly silenceMs?: number;
  readonly wallMs: number;
  readonly cpuMs: number;
}

export interface RunRequest {
  /** Candidate's files, laid over the snapshot. */
  readonly files: ChangedFiles;
  /** Only these tests (an adapter may run more, and reports all it ran); all when absent. */
  readonly tests?: readonly TestId[];
  /** Stop after the first failing test. */
  readonly stopAtFirstFailure?: boolean;
  /** Record the lines each test executes in these project-relative files. */
  readonly trace?: readonly string[];
  /** A test (or test file, where the runner knows no better) that runs longer fails; adapters that cannot do it leave it out. Clean runs only. */
  readonly testTimeoutMs?: number;
  /** For the whole request; what runs longer is killed and reported as timed out. */
  readonly timeoutMs: number;
  /** Warm runs only: longest wait for the next result; what is silent longer is killed and reported as timed out, with the results so far. */
  readonly silenceMs?: number;
}

/** A runner kept ready inside a box, for screening only. Restarts itself after a crash or a timeout. */
export interface WarmSuite {
  run(request: RunRequest, signal?: AbortSignal): Promise<TestReport>;
  close(): Promise<void>;
}

/** What a runner adapter gets to work with. */
export interface SuiteContext {
  readonly sandbox: Sandbox;
  readonly snapshot: ProjectSnapshot;
  /** The user's own test command, as argv (a shell line becomes `sh -c`). */
  readonly command: Command;
}

/** One test runner: how to get per-test results from the user's command, and how to keep it warm. */
export interface RunnerAdapter {
  readonly id: RunnerId;
  /** The user's own command in a fresh box, with a reporter added. */
  runClean(context: SuiteContext, request: RunRequest, signal?: AbortSignal): Promise<TestReport>;
  /**
   * A reason instead of a suite when this project cannot be kept warm; it is said to the user.
   * `baseline` is the clean run of the base, for adapters that need to know which files hold tests.
   * `collectAll`: load all test files for each request, not only those asked for; slower, for suites whose files need each other.
   */
  startWarm?(
    context: SuiteContext,
    baseline: TestReport,
    collectAll?: boolean,
  ): Promise<WarmSuite | { readonly reason: string }>;
  /** True when `collectAll` makes a difference. */
  readonly canCollectAll?: boolean;
}
