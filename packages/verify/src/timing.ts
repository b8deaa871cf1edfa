import { type Check, type Feedback, Rng, type Submission, UsageError, type Verdict } from "@pawl/core";
import { compareBehaviour, firstDifference, recordBehaviour, type Behaviour, type Difference } from "./equivalence.ts";
import { generateCalls } from "./generated-calls.ts";
import type { InputFamily } from "./timing-inputs.ts";
import { type Arguments, MeasuredProcess, NoMeasurement, type MeasuredFunction } from "./timing-process.ts";
import type { WireValue } from "./wire.ts";

/** The score that decides: natural logarithm of the CPU milliseconds of all timed calls. Lower is better. */
export const LOG_CPU = "logCpu";
/** The same, not in logarithms. */
export const CPU = "cpuMs";
/** CPU milliseconds of the timed calls of one distribution, for those who want to know where a rewrite is faster. */
export function cpuOf(distribution: string): string {
  return `${CPU}:${distribution}`;
}

/** What is timed: for each distribution a size and how many different inputs of it. */
export interface TimedGroup {
  readonly distribution: string;
  readonly size: number;
  readonly count: number;
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

export interface SpeedCheckOptions {
  readonly measured: MeasuredFunction;
  /** Recorded or given calls. */
  readonly examples: readonly Arguments[];
  readonly family: InputFamily;
  /** Literals of the program, for generated calls. */
  readonly constants: readonly WireValue[];
  readonly seed: number;
  /** Generated calls that a candidate is compared on when it is screened; a confirmation takes as many others. Default 300. */
  readonly calls?: number;
  /** CPU milliseconds that each group should take the base; default 25. */
  readonly groupMs?: number;
}

/** What fresh calls showed. */
export interface FreshComparison {
  /** How many calls were compared. */
  readonly calls: number;
  /** The first call on which the two differ; null when they do the same everywhere. */
  readonly difference: Difference | null;
}

const CALLS = 300;
const GROUP_MS = 25;
/** A single call of the largest size that is still tried. */
const MOST_MS_PER_CALL = 400;
const MOST_INPUTS = 60;
/** Characters of all inputs of a group as JSON: what goes through a pipe for every judgement. Three inputs of the smallest size may be more. */
const MOST_CHARACTERS = 1_000_000;
const FEWEST_INPUTS = 3;
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
        // Some functions take for ever on what is small for others.
        const slow =
          error instanceof UsageError && (error.cause as Partial<NoMeasurement> | undefined)?.status === "timeout";
        if (!slow || at === sizes.length - 1) throw error;
      }
    }
    if (this.#screening === null || this.#confirming === null) throw new RangeError("no sizes of calls to try");
    const plan = known ?? {
      groups: await this.#chooseGroups(signal),
      cpuMs: [],
      seed: this.#o.seed,
      calls: this.#screening.calls.length + this.#confirming.calls.length - 2 * this.#o.examples.length,
      small: this.#small,
    };
    this.#inputs = plan.groups.map((group) => this.inputsOf(group, plan.seed));
    const process = await MeasuredProcess.start(measured, {}, signal);
    const digests: string[] = [];
    const cpuMs: number[] = [];
    try {
      await process.calls(this.#screening.calls, 4, TIMEOUT_MS);
      for (const inputs of this.#inputs) {
        const timed = await process.time(inputs, TIMEOUT_MS);
        digests.push(timed.digest);
        cpuMs.push(timed.cpuMs);
      }
    } finally {
      await process.close();
    }
    this.#digests = digests;
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

  /** The inputs of a group under a seed. */
  inputsOf({ distribution, size, count }: TimedGroup, seed: number): readonly Arguments[] {
    return Array.from({ length: count }, (_, i) =>
      this.#o.family.make(distribution, size, Rng.of(seed, "timed", distribution, size, i)),
    );
  }

  /**
   * Calls to compare two versions on: examples, small inputs of every distribution, and variations of both; `bounded`: of no larger numbers, for
   * functions that need too long for them.
   */
  callsOf(purpose: string, count: number, bounded = this.#small !== SMALL[0]): readonly Arguments[] {
    const { examples, family, constants, seed } = this.#o;
    const rng = Rng.of(seed, "calls", purpose);
    const made = Array.from({ length: Math.ceil(count / 3) }, (_, i) =>
      family.make(
        family.distributions[i % family.distributions.length] as string,
        Math.max(family.sizes[0], rng.int(this.#small) + 1),
        rng.child(i),
      ),
    );
    const models = [...examples, ...made].map((args) => ({ call: "", args }));
    const varied = generateCalls(models, constants, count - made.length, rng).map(({ args }) => args);
    return [...examples, ...made, ...(bounded ? noLarger(varied, [...examples, ...made]) : varied)];
  }

  /**
   * Compares a version with the base on about so many calls that no verdict used. Where the base itself does not answer in time, on those of
   * them that are no larger than the examples and small inputs.
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
    const expected = await record({}, this.callsOf(purpose, count)).catch((error: unknown) => {
      if (!(error instanceof NoMeasurement) || error.status !== "timeout") throw error;
      return record({}, this.callsOf(purpose, count, true));
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
    const process = await MeasuredProcess.start(this.#o.measured, files, signal);
    try {
      await process.calls((this.#screening as Behaviour).calls, 4, TIMEOUT_MS);
      const times: number[] = [];
      for (const group of groups) times.push((await process.time(this.inputsOf(group, seed), TIMEOUT_MS)).cpuMs);
      return times;
    } finally {
      await process.close();
    }
  }

  /** Share of the samples on each line of the module, 0 to 1, indexed from line 1 at 0. */
  async profile(lines: number, signal: AbortSignal): Promise<readonly number[]> {
    const process = await MeasuredProcess.start(this.#o.measured, {}, signal);
    try {
      const samples = await process.profile(this.#inputs.flat(), TIMEOUT_MS);
      const total = [...samples.values()].reduce((sum, each) => sum + each, 0);
      return Array.from({ length: lines }, (_, i) => (total === 0 ? 0 : (samples.get(i + 1) ?? 0) / total));
    } finally {
      await process.close();
    }
  }

  async #record(purpose: string, signal: AbortSignal): Promise<Behaviour> {
    const { measured } = this.#o;
    const calls = this.callsOf(purpose, this.#o.calls ?? CALLS);
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

  /** For each distribution the size at which one call of the base takes a noticeable time. */
  async #chooseGroups(signal: AbortSignal): Promise<readonly TimedGroup[]> {
    const { measured, family } = this.#o;
    const groupMs = this.#o.groupMs ?? GROUP_MS;
    const groups: TimedGroup[] = [];
    for (const distribution of family.distributions) {
      const process = await MeasuredProcess.start(measured, {}, signal);
      try {
        let size = family.sizes[0];
        let cost = 0;
        let length = 1;
        for (let next = size; next <= family.sizes[1]; next = nextSize(next, family.sizes[1])) {
          const inputs = this.inputsOf({ distribution, size: next, count: 2 }, this.#o.seed);
          const nextLength = JSON.stringify(inputs).length / 2;
          if (FEWEST_INPUTS * nextLength > MOST_CHARACTERS && cost > 0) break;
          const { cpuMs } = await process.time(inputs, 10 * MOST_MS_PER_CALL).catch(demandTime);
          if (cpuMs / 2 > MOST_MS_PER_CALL && cost > 0) break;
          size = next;
          cost = cpuMs / 2;
          length = nextLength;
          if (cost >= groupMs / 5) break;
        }
        const wanted = Math.min(Math.ceil(groupMs / Math.max(cost, 0.05)), Math.floor(MOST_CHARACTERS / length));
        groups.push({ distribution, size, count: Math.min(MOST_INPUTS, Math.max(FEWEST_INPUTS, wanted)) });
      } finally {
        await process.close();
      }
    }
    return groups;
  }

  async #judge({ files }: Submission, expected: Behaviour, signal: AbortSignal): Promise<Verdict> {
    const started = performance.now();
    const process = await MeasuredProcess.start(this.#o.measured, files, signal);
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
    try {
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
    } catch (error) {
      if (!(error instanceof NoMeasurement)) throw error;
      return verdict(error.status, [], [{ kind: "error", message: error.message }]);
    } finally {
      await process.close();
    }
  }
}

/** Those of the calls that are no longer than the longest model, and have no larger number. */
function noLarger(calls: readonly Arguments[], models: readonly Arguments[]): readonly Arguments[] {
  const length = (args: Arguments): number => JSON.stringify(args).length;
  const number = (args: Arguments): number =>
    Math.max(0, ...(JSON.stringify(args).match(/\d+/g) ?? []).map((digits) => Number(digits)));
  const longest = Math.max(...models.map(length));
  const largest = Math.max(...models.map(number));
  return calls.filter((args) => length(args) <= longest && number(args) <= largest);
}

/** Small largest sizes are those of functions that grow exponentially: the next size must not be out of reach. */
function nextSize(size: number, largest: number): number {
  return largest <= 100 ? size + 1 : 2 * size;
}

function demandTime(error: unknown): { readonly cpuMs: number } {
  if (error instanceof NoMeasurement && error.status === "timeout") return { cpuMs: Infinity };
  throw error;
}
