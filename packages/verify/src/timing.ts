import { UsageError, type Check, type Feedback, type Submission, type Verdict } from "@pawl/core";
import { compareBehaviour, firstDifference, recordBehaviour, type Behaviour, type Difference } from "./equivalence.ts";
import { callsToCompare, type KnownCalls } from "./timing-calls.ts";
import { chooseGroups, inputsOf, type GroupQuestion, type TimedGroup } from "./timing-groups.ts";
import { MeasuredProcess, NoMeasurement, type Arguments, type Timed } from "./timing-process.ts";

/** The score that decides: natural logarithm of the CPU milliseconds of all timed calls. Lower is better. */
export const LOG_CPU = "logCpu";
/** The same, not in logarithms. */
export const CPU = "cpuMs";
/** CPU milliseconds of the timed calls of one distribution, for those who want to know where a rewrite is faster. */
export function cpuOf(distribution: string): string {
  return `${CPU}:${distribution}`;
}

/** Everything that was found out about the base before candidates are judged. Plain data. */
export interface TimingPlan {
  readonly groups: readonly TimedGroup[];
  /** CPU milliseconds of the base for each group. */
  readonly cpuMs: readonly number[];
  readonly seed: number;
  /** Generated calls on which candidates are compared with the base: once when screened, once more in every confirmation. */
  readonly calls: number;
  /** Largest size of those calls. */
  readonly small: number;
}

export interface SpeedCheckOptions extends KnownCalls, GroupQuestion {
  /** Generated calls that a candidate is compared on when it is screened; a confirmation takes as many others. Default 300. */
  readonly calls?: number;
}

/** What fresh calls showed. */
export interface FreshComparison {
  /** How many calls were compared. */
  readonly calls: number;
  /** The first call on which the two differ; null when they do the same everywhere. */
  readonly difference: Difference | null;
}

const CALLS = 300;
/** Largest size of the calls on which behaviour is compared; the next one is tried where the base needs too long. */
const SMALL = [12, 6, 3];
const RECORD_TIMEOUT_MS = 10_000;
const TIMEOUT_MS = 20_000;

/**
 * Judges rewrites of one function: first whether they do the same as the base on recorded and generated calls, then how much CPU time
 * they take, read from outside of the box. Every judgement has a process of its own and every timed call an input of its own, so that nothing
 * remembered from one measurement helps in the next, and what the timed calls give is compared, too.
 */
export class SpeedCheck implements Check {
  readonly id = "speed";
  readonly deterministic = false;
  readonly #o: SpeedCheckOptions;
  #plan: TimingPlan | null = null;
  #inputs: readonly (readonly Arguments[])[] = [];
  #digests: readonly string[] = [];
  #screening: Behaviour | null = null;
  #confirming: Behaviour | null = null;
  #timeoutMs = TIMEOUT_MS;
  #small = SMALL[0] as number;

  constructor(options: SpeedCheckOptions) {
    this.#o = options;
  }

  /** Measures the base and chooses sizes, or takes the choice of an earlier plan. A function that does not repeat itself is refused. */
  async prepare(signal: AbortSignal, known: TimingPlan | null = null): Promise<TimingPlan> {
    const { measured } = this.#o;
    const sizes = known === null ? SMALL : [known.small];
    for (const [at, size] of sizes.entries()) {
      this.#small = size;
      try {
        this.#screening = await this.#record("screen", signal);
        this.#confirming = await this.#record("confirm", signal);
        break;
      } catch (error) {
        // Some functions take for ever, or all memory, on what is small for others.
        if (!(error instanceof UsageError && gaveUp(error.cause)) || at === sizes.length - 1) throw error;
      }
    }
    if (this.#screening === null || this.#confirming === null) throw new RangeError("no sizes of calls to try");
    const plan = known ?? {
      groups: await chooseGroups(this.#o, signal),
      cpuMs: [],
      seed: this.#o.seed,
      calls: this.#screening.calls.length + this.#confirming.calls.length - 2 * this.#o.examples.length,
      small: this.#small,
    };
    this.#inputs = plan.groups.map((group) => inputsOf(this.#o.family, group, plan.seed));
    const { calls } = this.#screening;
    const timed = await MeasuredProcess.use(measured, {}, signal, async (process) => {
      await process.calls(calls, 4, TIMEOUT_MS);
      const each: Timed[] = [];
      for (const inputs of this.#inputs) each.push(await process.time(inputs, TIMEOUT_MS));
      return each;
    });
    this.#digests = timed.map(({ digest }) => digest);
    const cpuMs = timed.map((each) => each.cpuMs);
    // A rewrite that is three times as slow as the base has lost; the rest is for the start of its process.
    this.#timeoutMs = Math.min(TIMEOUT_MS, 3000 + 5 * cpuMs.reduce((sum, each) => sum + each, 0));
    this.#plan = known ?? { ...plan, cpuMs };
    return this.#plan;
  }

  /** Cheaper than a confirmation only in that it is made once, and on other calls. */
  screen(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    return this.#judge(submission, this.#screening as Behaviour, signal);
  }

  confirm(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    return this.#judge(submission, this.#confirming as Behaviour, signal);
  }

  async close(): Promise<void> {}

  /** Calls to compare two versions on; larger numbers only where the base is fast on them. */
  #callsOf(purpose: string, count: number, bounded = this.#small !== SMALL[0]): readonly Arguments[] {
    return callsToCompare(this.#o, { purpose, count, largest: this.#small, bounded });
  }

  /**
   * Compares a version with the base on about so many calls that no verdict used. Where the base itself does not answer in time, or ends its
   * process for want of memory, on those of them that are no larger than the examples and small inputs.
   */
  async compareFresh(
    files: Submission["files"],
    purpose: string,
    count: number,
    signal: AbortSignal,
  ): Promise<FreshComparison> {
    const { measured } = this.#o;
    const record = (of: Submission["files"], calls: readonly Arguments[]): Promise<Behaviour> =>
      recordBehaviour(measured, of, calls, TIMEOUT_MS, signal, true);
    const expected = await record({}, this.#callsOf(purpose, count)).catch((error: unknown) => {
      if (!gaveUp(error)) throw error;
      return record({}, this.#callsOf(purpose, count, true));
    });
    const calls = expected.calls.length;
    try {
      return { calls, difference: firstDifference(expected, (await record(files, expected.calls)).outcomes) };
    } catch (error) {
      if (!(error instanceof NoMeasurement)) throw error;
      return { calls, difference: { call: [], message: error.message, expected: "answers", actual: error.status } };
    }
  }

  /** CPU milliseconds of a version for each group, in a fresh process; null when it gave none. */
  async time(
    files: Submission["files"],
    groups: readonly TimedGroup[],
    seed: number,
    signal: AbortSignal,
  ): Promise<readonly number[]> {
    return MeasuredProcess.use(this.#o.measured, files, signal, async (process) => {
      await process.calls((this.#screening as Behaviour).calls, 4, TIMEOUT_MS);
      const times: number[] = [];
      for (const group of groups)
        times.push((await process.time(inputsOf(this.#o.family, group, seed), TIMEOUT_MS)).cpuMs);
      return times;
    });
  }

  /** Share of the samples on each line of the module, 0 to 1, indexed from line 1 at 0. */
  async profile(lines: number, signal: AbortSignal): Promise<readonly number[]> {
    const samples = await MeasuredProcess.use(this.#o.measured, {}, signal, (process) =>
      process.profile(this.#inputs.flat(), TIMEOUT_MS),
    );
    const total = [...samples.values()].reduce((sum, each) => sum + each, 0);
    return Array.from({ length: lines }, (_, i) => (total === 0 ? 0 : (samples.get(i + 1) ?? 0) / total));
  }

  async #record(purpose: string, signal: AbortSignal): Promise<Behaviour> {
    const { measured } = this.#o;
    const calls = this.#callsOf(purpose, this.#o.calls ?? CALLS);
    try {
      const first = await recordBehaviour(measured, {}, calls, RECORD_TIMEOUT_MS, signal);
      const again = await recordBehaviour(measured, {}, calls, RECORD_TIMEOUT_MS, signal);
      const difference = firstDifference(first, again.outcomes);
      if (difference === null) return first;
      throw new UsageError({
        what: "the function does not do the same twice, so that a faster one cannot be told from a different one",
        where: `${measured.module}#${measured.call}: ${difference.expected} and then ${difference.actual}`,
        todo: "Pass clocks and random numbers in as arguments.",
      });
    } catch (error) {
      if (!(error instanceof NoMeasurement)) throw error;
      throw new UsageError({
        what: `the function cannot be called: ${error.message}`,
        where: `${measured.module}#${measured.call}`,
        todo: "Name an exported function of a module that loads; give calls it can make with --cases.",
        cause: error,
      });
    }
  }

  async #judge({ files }: Submission, expected: Behaviour, signal: AbortSignal): Promise<Verdict> {
    const started = performance.now();
    const verdict = (
      status: Verdict["status"],
      cpuMs: readonly number[],
      feedback: readonly Feedback[] = [],
    ): Verdict => {
      const total = cpuMs.reduce((sum, each) => sum + each, 0);
      const groups = this.#plan?.groups ?? [];
      const each = Object.fromEntries(cpuMs.map((ms, i) => [cpuOf(groups[i]?.distribution ?? String(i)), [ms]]));
      return {
        status,
        scores: status === "passed" ? { [LOG_CPU]: [Math.log(Math.max(total, 0.001))], [CPU]: [total], ...each } : {},
        feedback,
        cost: { wallMs: performance.now() - started, cpuMs: total },
        evidence: [],
      };
    };
    const judged = async (process: MeasuredProcess): Promise<Verdict> => {
      const difference = await compareBehaviour(process, expected, this.#timeoutMs);
      if (difference !== null) {
        const { message, expected: wanted, actual } = difference;
        return verdict("failed", [], [{ kind: "test", message, expected: wanted, actual }]);
      }
      const cpuMs: number[] = [];
      for (const [index, inputs] of this.#inputs.entries()) {
        const timed = await process.time(inputs, this.#timeoutMs);
        if (timed.digest !== this.#digests[index])
          return verdict("failed", cpuMs, [{ kind: "test", message: "gives something else on a large input" }]);
        cpuMs.push(timed.cpuMs);
      }
      return verdict("passed", cpuMs);
    };
    try {
      return await MeasuredProcess.use(this.#o.measured, files, signal, judged);
    } catch (error) {
      if (!(error instanceof NoMeasurement)) throw error;
      return verdict(error.status, [], [{ kind: "error", message: error.message }]);
    }
  }
}

/** No answer in time, or the process ended: smaller inputs may do. */
function gaveUp(error: unknown): boolean {
  return error instanceof NoMeasurement && (error.status === "timeout" || error.status === "error");
}
