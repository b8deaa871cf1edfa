import type { ChangedFiles, Check, Submission, Verdict } from "@pawl/core";
import { type Baseline, calibrate, runBaseline } from "./baseline.ts";
import { type Expectation, judgeReport } from "./judge.ts";
import { LanePool } from "./lane-pool.ts";
import type { RunnerAdapter, SuiteContext, TestId, TestReport, WarmSuite } from "./types.ts";

export interface TestSuiteOptions {
  readonly context: SuiteContext;
  readonly adapter: RunnerAdapter;
  /** Visible tests that fail on the base: to be made to pass. */
  readonly failing: readonly TestId[];
  /** Visible tests that pass on the base: to go on passing. */
  readonly passing: readonly TestId[];
  /** Tests that are not judged until `runHeldOut`. */
  readonly heldOut?: readonly TestId[];
  /** Tests that are never judged. */
  readonly flaky?: readonly TestId[];
  /** For one clean run of the whole suite. */
  readonly timeoutMs: number;
  /** For one request to a warm lane; default `timeoutMs`. */
  readonly screenTimeoutMs?: number;
  /** Warm suites to screen in; none: screening runs the user's command in a fresh box, too. */
  readonly lanes?: readonly WarmSuite[];
}

export interface CreateOptions {
  /** Warm processes, one per core that may be used. */
  readonly lanes: number;
  /** Of the baseline's tests, those to hold back. */
  readonly heldOut?: readonly TestId[];
  /** When it was run already. */
  readonly baseline?: Baseline;
  readonly signal?: AbortSignal;
}

export interface CreatedCheck {
  readonly check: TestSuiteCheck;
  readonly baseline: Baseline;
  /** Why there are no warm lanes; null when there are. */
  readonly coldReason: string | null;
}

const LEAST_SCREEN_TIMEOUT_MS = 500;
const SCREEN_TIMEOUT_FACTOR = 10;

/** Judges a candidate by the project's own tests. */
export class TestSuiteCheck implements Check {
  readonly id = "tests";
  readonly deterministic = true;
  readonly #options: TestSuiteOptions;
  readonly #ignored: ReadonlySet<TestId>;
  readonly #lanes: LanePool;

  constructor(options: TestSuiteOptions) {
    this.#options = options;
    this.#ignored = new Set([...(options.heldOut ?? []), ...(options.flaky ?? [])]);
    this.#lanes = new LanePool(options.lanes ?? []);
  }

  /** Runs the baseline and starts warm lanes, if the warm suite says the same about the unchanged project as the user's command does. */
  static async create(context: SuiteContext, adapter: RunnerAdapter, options: CreateOptions): Promise<CreatedCheck> {
    const { signal } = options;
    const baseline = options.baseline ?? (await runBaseline(context, adapter, signal === undefined ? {} : { signal }));
    const warm = await startLanes(context, adapter, baseline, options);
    const heldOut = new Set(options.heldOut);
    const check = new TestSuiteCheck({
      context,
      adapter,
      failing: baseline.failing.filter((id) => !heldOut.has(id)),
      passing: baseline.passing.filter((id) => !heldOut.has(id)),
      heldOut: [...heldOut],
      flaky: baseline.flaky,
      timeoutMs: baseline.timeoutMs,
      ...("reason" in warm ? {} : warm),
    });
    return { check, baseline, coldReason: "reason" in warm ? warm.reason : null };
  }

  /**
   * The formerly failing tests first, all of them: the fraction that passes is the score. Only when all pass, the others, up to the first failure.
   */
  async screen(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    if (this.#lanes.size === 0) return this.confirm(submission, signal);
    const { failing, passing, timeoutMs, screenTimeoutMs = timeoutMs } = this.#options;
    const { files } = submission;
    return this.#lanes.use((lane) =>
      noDataOnFault(signal, async () => {
        const first = await lane.run({ files, tests: failing, timeoutMs: screenTimeoutMs }, signal);
        const target = judgeReport(first, this.#expect({ failing, passing: [], whole: false }));
        if (target.status !== "passed" || passing.length === 0) return target;
        const rest = await lane.run(
          { files, tests: passing, stopAtFirstFailure: true, timeoutMs: screenTimeoutMs },
          signal,
        );
        const stopped = rest.tests.find((test) => test.status === "failed");
        // After the first failure the others were not run, which is not held against the candidate.
        const held =
          stopped === undefined ? passing : passing.filter((id) => rest.tests.some((test) => test.id === id));
        const verdict = judgeReport(rest, this.#expect({ failing: [], passing: held, whole: false }));
        const cost = {
          wallMs: target.cost.wallMs + verdict.cost.wallMs,
          cpuMs: target.cost.cpuMs + verdict.cost.cpuMs,
        };
        return { ...verdict, scores: { ...verdict.scores, passed: [1] }, cost };
      }),
    );
  }

  /** The user's own command in a fresh box: every test of the baseline must be reported again and pass. */
  async confirm(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    const { failing, passing } = this.#options;
    return this.#runClean(submission.files, { failing, passing, whole: true }, signal);
  }

  /** Opens the held-out tests, for a candidate that is final: the user's command in a fresh box, judged by the held-out tests alone. */
  async runHeldOut(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    return this.#runClean(
      submission.files,
      { failing: this.#options.heldOut ?? [], passing: [], whole: false },
      signal,
    );
  }

  /** Runs the visible tests and records the lines that each executes in the given project-relative files. */
  async trace(files: ChangedFiles, paths: readonly string[], signal?: AbortSignal): Promise<TestReport> {
    const { context, adapter, failing, passing, timeoutMs } = this.#options;
    const request = { files, tests: [...failing, ...passing], trace: paths, timeoutMs };
    if (this.#lanes.size === 0) return adapter.runClean(context, request, signal);
    return this.#lanes.use((lane) => lane.run(request, signal));
  }

  close(): Promise<void> {
    return this.#lanes.close();
  }

  #runClean(files: ChangedFiles, expectation: Omit<Expectation, "ignored">, signal: AbortSignal): Promise<Verdict> {
    const { context, adapter, timeoutMs } = this.#options;
    return noDataOnFault(signal, async () =>
      judgeReport(await adapter.runClean(context, { files, timeoutMs }, signal), this.#expect(expectation)),
    );
  }

  #expect(expectation: Omit<Expectation, "ignored">): Expectation {
    return { ...expectation, ignored: this.#ignored };
  }
}

/** A fault of the machine says nothing about the candidate. */
async function noDataOnFault(signal: AbortSignal, judge: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await judge();
  } catch (error) {
    signal.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    return {
      status: "infrastructure",
      scores: {},
      feedback: [{ kind: "error", message }],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    };
  }
}

async function startLanes(
  context: SuiteContext,
  adapter: RunnerAdapter,
  baseline: Baseline,
  { lanes, signal }: CreateOptions,
): Promise<{ readonly lanes: readonly WarmSuite[]; readonly screenTimeoutMs: number } | { readonly reason: string }> {
  if (adapter.startWarm === undefined) return { reason: `${adapter.id} has no warm runner` };
  if (lanes < 1) return { reason: "no lanes were asked for" };
  const first = await adapter.startWarm(context, baseline.report);
  if ("reason" in first) return first;
  const calibration = await calibrate(first, baseline, signal);
  if ("reason" in calibration) {
    await first.close();
    return calibration;
  }
  const others = await Promise.all(
    Array.from({ length: lanes - 1 }, () => adapter.startWarm?.(context, baseline.report)),
  );
  const started = others.filter((lane): lane is WarmSuite => lane !== undefined && !("reason" in lane));
  const screenTimeoutMs = Math.max(LEAST_SCREEN_TIMEOUT_MS, Math.ceil(SCREEN_TIMEOUT_FACTOR * calibration.wallMs));
  return { lanes: [first, ...started], screenTimeoutMs };
}
