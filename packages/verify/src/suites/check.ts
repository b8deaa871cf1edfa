import { canonicalJson, sha256, type ChangedFiles, type Check, type Submission, type Verdict } from "@pawl/core";
import type { Sandbox } from "../sandbox.ts";
import { affectedFirst, type Coverage } from "./affected.ts";
import { type Baseline, runBaseline } from "./baseline.ts";
import { type Expectation, judgeReport } from "./judge.ts";
import { classifyFiles } from "./classify-files.ts";
import { LanePool } from "./lane-pool.ts";
import { SecondOpinion } from "../separate/second-opinion.ts";
import type { RunnerAdapter, SuiteContext, TestId, TestReport, WarmSuite } from "./types.ts";
import { type ScreenLimits, startLanes } from "./warm-lanes.ts";

export interface TestSuiteOptions {
  readonly context: SuiteContext;
  readonly adapter: RunnerAdapter;
  /** Visible tests that fail on the base: to be made to pass. */
  readonly failing: readonly TestId[];
  /** Visible tests that pass on the base: to go on passing. */
  readonly passing: readonly TestId[];
  /** Tests that are not judged until `runHeldOut`. */
  readonly heldOut?: readonly TestId[];
  /** Tests that are never judged: flaky ones, those beyond reach. */
  readonly ignored?: readonly TestId[];
  /** Screening runs tests that execute a changed file before the others. */
  readonly coverage?: Coverage;
  /** For one clean run of the whole suite. */
  readonly timeoutMs: number;
  /** For requests to a warm lane; default `timeoutMs` for everything. */
  readonly limits?: ScreenLimits;
  /** Warm suites to screen in; none: screening runs the user's command in a fresh box, too. */
  readonly lanes?: readonly WarmSuite[];
}

export interface CreateOptions {
  /** Warm processes, one per core that may be used. */
  readonly lanes: number;
  /** Of the baseline's tests, those to hold back. Asked once flaky tests are known. */
  readonly holdOut?: (baseline: Baseline) => readonly TestId[];
  /** When it was run already. */
  readonly baseline?: Baseline;
  /** What candidates may change. */
  readonly sources?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface CreatedCheck {
  readonly check: TestSuiteCheck;
  readonly baseline: Baseline;
  /** Why there are no warm lanes; null when there are. */
  readonly coldReason: string | null;
}

/** For tracing the tests that pass: with some of them the lines of the fault stand out as well as with all. */
const PASSING_TRACE_MS = 30_000;
/** Failing tests that are run for every candidate. */
const SAMPLE = 20;
/** Tracing slows tests down. */
const TRACE_FACTOR = 5;
/** So does talking to another process for every call. */
const SEPARATE_FACTOR = 3;

/** Judges a candidate by the project's own tests. */
export class TestSuiteCheck implements Check {
  readonly id = "tests";
  readonly deterministic = true;
  readonly #options: TestSuiteOptions;
  readonly #ignored: ReadonlySet<TestId>;
  readonly #lanes: LanePool;
  readonly #limits: ScreenLimits;
  /** Of many failing tests these are run first. */
  readonly #sample: readonly TestId[];
  /** The tests that pass on the base, those beside the failing ones first: they notice a wrong repair soonest. */
  readonly #passing: readonly TestId[];
  /** What clean runs said about held-out tests, by the candidate's files: not looked at before `runHeldOut`, but not run twice. */
  readonly #sealed = new Map<string, Verdict>();
  readonly #second: SecondOpinion;

  constructor(options: TestSuiteOptions) {
    this.#options = options;
    this.#ignored = new Set([...(options.heldOut ?? []), ...(options.ignored ?? [])]);
    this.#lanes = new LanePool(options.lanes ?? []);
    const { timeoutMs, context } = options;
    const { tests } = classifyFiles(context.snapshot, options.adapter.id);
    this.#second = new SecondOpinion(context.sandbox, context.snapshot, tests);
    this.#limits = options.limits ?? { failingMs: timeoutMs, restMs: timeoutMs, silenceMs: timeoutMs };
    this.#sample = sampleOf(options.failing);
    const near = new Set(options.failing.map(fileOf));
    const [beside, apart] = [true, false].map((wanted) =>
      options.passing.filter((id) => near.has(fileOf(id)) === wanted),
    );
    this.#passing = [...(beside ?? []), ...(apart ?? [])];
  }

  /** Runs the baseline and starts warm lanes, if the warm suite says the same about the unchanged project as the user's command does. */
  static async create(context: SuiteContext, adapter: RunnerAdapter, options: CreateOptions): Promise<CreatedCheck> {
    const { signal } = options;
    const once = options.baseline ?? (await runBaseline(context, adapter, signal === undefined ? {} : { signal }));
    const { lanes, limits, baseline, coldReason } = await startLanes(context, adapter, once, options);
    const heldOut = new Set(options.holdOut?.(baseline));
    const check = new TestSuiteCheck({
      context,
      adapter,
      failing: baseline.failing.filter((id) => !heldOut.has(id)),
      passing: baseline.passing.filter((id) => !heldOut.has(id)),
      heldOut: [...heldOut],
      ignored: [...baseline.flaky, ...baseline.beyond],
      timeoutMs: baseline.timeoutMs,
      lanes,
      ...(limits === null ? {} : { limits }),
    });
    return { check, baseline, coldReason };
  }

  /** The same check, lanes included, for other tests. The lanes are closed once. */
  forTests(tests: Pick<TestSuiteOptions, "failing" | "passing" | "heldOut" | "ignored" | "coverage">): TestSuiteCheck {
    return new TestSuiteCheck({ ...this.#options, ...tests });
  }

  /**
   * The formerly failing tests first: the fraction that passes is the score. Of many, a sample, and the others only when all of that pass.
   * Then the tests that passed, those that execute a changed file before the others, up to the first failure.
   */
  async screen(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    if (this.#lanes.size === 0) return this.confirm(submission, signal);
    const { failing } = this.#options;
    const sample = this.#sample;
    const passing = this.#passing;
    const { failingMs, restMs, silenceMs } = this.#limits;
    const { files } = submission;
    return this.#lanes.use((lane) =>
      noDataOnFault(signal, async () => {
        const first = await lane.run({ files, tests: sample, timeoutMs: failingMs, silenceMs }, signal);
        let verdict = judgeReport(first, this.#expect({ failing: sample, passing: [], whole: false }));
        if (verdict.status !== "passed") return verdict;
        const others = failing.filter((id) => !sample.includes(id));
        if (others.length > 0) {
          const more = await lane.run({ files, tests: others, timeoutMs: restMs, silenceMs }, signal);
          const next = judgeReport(more, this.#expect({ failing: others, passing: [], whole: false }));
          verdict = together(verdict, next);
          // More than any part of the sample, less than all tests.
          const missed = 1 - (next.scores["passed"]?.[0] ?? 0);
          if (next.status !== "passed")
            return { ...verdict, scores: { ...verdict.scores, passed: [1 - missed / (sample.length + 1)] } };
        }
        for (const tests of affectedFirst(passing, Object.keys(files), this.#options.coverage)) {
          const request = { files, tests, stopAtFirstFailure: true, timeoutMs: restMs, silenceMs };
          const rest = await lane.run(request, signal);
          const stopped = rest.tests.find((test) => test.status === "failed");
          // After the first failure the others were not run, which is not held against the candidate.
          const held = stopped === undefined ? tests : tests.filter((id) => rest.tests.some((test) => test.id === id));
          const last = judgeReport(rest, this.#expect({ failing: [], passing: held, whole: false }));
          verdict = together(verdict, { ...last, scores: { ...last.scores, passed: [1] } });
          if (verdict.status !== "passed") return verdict;
        }
        return verdict;
      }),
    );
  }

  /** The user's own command in a fresh box: every test of the baseline must be reported again and pass. */
  async confirm(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    const { failing, passing } = this.#options;
    return this.#runClean(submission, { failing, passing, whole: true }, signal);
  }

  /** Opens the held-out tests, for a candidate that is final: the user's command in a fresh box, judged by the held-out tests alone. */
  async runHeldOut(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    const known = this.#sealed.get(keyOf(submission.files));
    return known ?? this.#runClean(submission, this.#heldOutExpectation(), signal);
  }

  /** Runs the visible tests and records the lines that each executes in the given project-relative files: all failing tests, and passing ones for a while. */
  async trace(files: ChangedFiles, paths: readonly string[], signal?: AbortSignal): Promise<TestReport> {
    const { context, adapter, failing, timeoutMs } = this.#options;
    const request = { files, trace: paths, timeoutMs, silenceMs: TRACE_FACTOR * this.#limits.silenceMs };
    if (this.#lanes.size === 0) {
      return adapter.runClean(context, { ...request, tests: [...failing, ...this.#passing] }, signal);
    }
    return this.#lanes.use(async (lane) => {
      const failed = await lane.run({ ...request, tests: failing }, signal);
      if (this.#passing.length === 0) return failed;
      const short = { ...request, tests: this.#passing, timeoutMs: Math.min(timeoutMs, PASSING_TRACE_MS) };
      const passed = await lane.run(short, signal);
      return { ...failed, tests: [...failed.tests, ...passed.tests] };
    });
  }

  close(): Promise<void> {
    return this.#lanes.close();
  }

  /**
   * The user's command on the project with the candidate's files; and when that passes, once more with the candidate in a process of its
   * own (see `SecondOpinion`), where it can change nothing that the tests or their runner use. Not for what Pawl's own operators made.
   */
  #runClean(
    { candidate, files }: Submission,
    expectation: Omit<Expectation, "ignored">,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const { context, adapter, timeoutMs, heldOut = [] } = this.#options;
    return noDataOnFault(signal, async () => {
      let report = await adapter.runClean(context, { files, timeoutMs }, signal);
      let verdict = judgeReport(report, this.#expect(expectation));
      if (verdict.status !== "passed") return verdict;
      const sandbox = candidate.origin.mechanical
        ? null
        : await this.#second.sandboxFor(files, (own, base) => this.#judgesBase(own, base, signal));
      if (sandbox !== null) {
        report = await adapter.runClean(
          { ...context, sandbox },
          { files, timeoutMs: SEPARATE_FACTOR * timeoutMs },
          signal,
        );
        const apart = together(verdict, judgeReport(report, this.#expect(expectation)));
        if (apart.status !== "passed") return tampered(apart);
        verdict = apart;
      }
      if (heldOut.length > 0)
        this.#sealed.set(keyOf(files), judgeReport(report, this.#expect(this.#heldOutExpectation())));
      return verdict;
    });
  }

  /** True when every test of the base ends as it is known to. */
  async #judgesBase(sandbox: Sandbox, files: ChangedFiles, signal: AbortSignal): Promise<boolean> {
    const { context, adapter, timeoutMs, failing, passing } = this.#options;
    const own = { ...context, sandbox };
    const report = await adapter.runClean(own, { files, timeoutMs: SEPARATE_FACTOR * timeoutMs }, signal);
    const { tests, complete } = report;
    const status = new Map(tests.map((test) => [test.id, test.status]));
    const known = failing.some((id) => status.has(id)) || failing.every((id) => !id.includes(" > "));
    return (
      complete &&
      known &&
      failing.every((id) => status.get(id) !== "passed") &&
      passing.every((id) => (status.get(id) ?? "passed") === "passed")
    );
  }

  #heldOutExpectation(): Omit<Expectation, "ignored"> {
    return { failing: this.#options.heldOut ?? [], passing: [], whole: false };
  }

  #expect(expectation: Omit<Expectation, "ignored">): Expectation {
    return { ...expectation, ignored: this.#ignored };
  }
}

/** It passes only while it shares a process with its tests: then it was not the tests' word. */
function tampered({ cost, feedback }: Verdict): Verdict {
  const message = "the tests pass only while the candidate shares their process";
  return {
    status: "tampered",
    scores: {},
    failing: [],
    feedback: [{ kind: "error", message }, ...feedback],
    cost,
    evidence: [],
  };
}

/** The later verdict, with the cost of both. */
function together(earlier: Verdict, later: Verdict): Verdict {
  const wallMs = earlier.cost.wallMs + later.cost.wallMs;
  return { ...later, cost: { ...later.cost, wallMs, cpuMs: earlier.cost.cpuMs + later.cost.cpuMs } };
}

/** All of a few tests; of many some of each of the two files with the most, evenly spaced: loading more files takes longer than they tell. */
function sampleOf(tests: readonly TestId[]): readonly TestId[] {
  if (tests.length <= SAMPLE) return tests;
  const byFile = Map.groupBy(tests, fileOf);
  const largest = [...byFile.values()].sort((a, b) => b.length - a.length).slice(0, 2);
  return largest.flatMap((own) => {
    const count = Math.min(own.length, SAMPLE / largest.length);
    return Array.from({ length: count }, (_, index) => own[Math.floor((index * own.length) / count)] as TestId);
  });
}

function fileOf(id: TestId): string {
  return id.split(" > ")[0] as string;
}

function keyOf(files: ChangedFiles): string {
  return sha256(canonicalJson(files));
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
