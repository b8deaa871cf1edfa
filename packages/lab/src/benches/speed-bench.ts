import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  bootstrapInterval,
  Budget,
  Journal,
  judgedBase,
  meanOf,
  Rng,
  runLoop,
  Target,
  type ChangedFiles,
  type Check,
  type Confirmation,
  type ArchiveView,
  type Evaluated,
  type Gate,
  type LoopResult,
  type Proposer,
  type Search,
  type Submission,
  type Verdict,
} from "@pawl/core";
import { Languages, withOutcome } from "@pawl/propose";
import {
  LOG_CPU,
  openSandbox,
  removeSnapshot,
  scoreOf,
  SpeedCheck,
  takeSnapshot,
  type ProjectSnapshot,
  type TimingPlan,
} from "@pawl/verify";
import type { SpeedTask } from "@pawl/worlds";
import { Remembered } from "./remembered.ts";

/** Inputs are bounded, so that a judgement takes a fraction of a second: no larger than this, and as many as take the start so many milliseconds a kind. */
const LARGEST = 5000;
const GROUP_MS = 25;
const SCREEN_CALLS = 300;
/** Calls on which the result is compared with the start before it counts: a third of them generated, 200 of each of three kinds. */
const FRESH_CALLS = 1800;
const BASE_RUNS = 2;
/** A screening has to promise so much to be measured again, and every pair to give so much to be built on. */
const PROMISING = Math.log(1.08);
const FASTER = Math.log(1.05);
const CONFIRMING_PAIRS = 2;
/** Lower end of the interval of the ratio for the result to be accepted. */
const LEAST_RATIO = 1.05;

/** What the final measurement says about a version. */
export interface SpeedWord {
  readonly accepted: boolean;
  /** Time of the start over its time: geometric mean of fresh pairs. */
  readonly ratio: number;
  /** 95 % bootstrap interval of the ratio. */
  readonly interval: readonly [number, number];
  /** It was accepted, and differs from the start on further calls that no verdict used. */
  readonly wrong: boolean;
}

/** To be given back, as far as it was opened. */
interface Held {
  readonly folder: string;
  snapshot?: ProjectSnapshot;
  check?: SpeedCheck;
}

export interface BenchSearch {
  readonly search: Search;
  readonly proposer: Proposer;
  readonly evaluations: number;
  readonly seed: number;
  readonly asks?: (result: Evaluated, archive: ArchiveView) => boolean;
}

/**
 * A function of the code-speed world with what it takes to judge rewrites of it. Nothing here keeps a process. What was measured with a seed is
 * not measured again with it: arms that come to the same rewrite are told the same, and differ by what they chose alone.
 */
export class SpeedBench {
  readonly id: string;
  readonly file: string;
  readonly target: Target;
  readonly sources: Readonly<Record<string, string>>;
  readonly languages: Languages;
  readonly check: SpeedCheck;
  readonly plan: TimingPlan;
  /** The start's verdict, with the scores of some runs. */
  readonly base: Verdict;
  /** Share of the time of each line. */
  readonly heat: readonly number[];
  readonly #held: Held;
  readonly #screened = new Remembered<Verdict>();
  readonly #confirmed = new Remembered<Confirmation>();
  readonly #accepted = new Remembered<SpeedWord>();

  private constructor(parts: {
    task: SpeedTask;
    target: Target;
    languages: Languages;
    check: SpeedCheck;
    plan: TimingPlan;
    base: Verdict;
    heat: readonly number[];
    held: Held;
  }) {
    this.id = parts.task.id;
    this.file = parts.task.file;
    this.sources = { [parts.task.file]: parts.task.source };
    this.target = parts.target;
    this.languages = parts.languages;
    this.check = parts.check;
    this.plan = parts.plan;
    this.base = parts.base;
    this.heat = parts.heat;
    this.#held = parts.held;
  }

  /** Chooses inputs and measures and profiles the start. */
  static async open(task: SpeedTask, signal: AbortSignal): Promise<SpeedBench> {
    const held: Held = { folder: mkdtempSync(join(tmpdir(), "pawl-speed-bench-")) };
    try {
      return await SpeedBench.#openIn(held, task, signal);
    } catch (error) {
      await giveBack(held);
      throw error;
    }
  }

  static async #openIn(held: Held, task: SpeedTask, signal: AbortSignal): Promise<SpeedBench> {
    const { folder } = held;
    writeFileSync(join(folder, task.file), task.source);
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const snapshot = (held.snapshot = await takeSnapshot(folder));
    const sandbox = await openSandbox();
    const [smallest, largest] = task.family.sizes;
    const check = (held.check = new SpeedCheck({
      measured: { sandbox, snapshot, module: task.file, call: task.call },
      examples: task.examples,
      family: { ...task.family, sizes: [smallest, Math.min(largest, LARGEST)] },
      constants: [],
      seed: 1,
      calls: SCREEN_CALLS,
      groupMs: GROUP_MS,
    }));
    const plan = await check.prepare(signal);
    const heat = await check.profile(task.source.split("\n").length, signal);
    const target = new Target({ [task.file]: task.source }, snapshot.hash);
    const runs: Verdict[] = [];
    for (let run = 0; run < BASE_RUNS; run++)
      runs.push(await check.screen({ candidate: target.base, files: {} }, signal));
    const [first] = runs as [Verdict];
    const scores = Object.fromEntries(
      Object.keys(first.scores).map((name) => [name, runs.flatMap((run) => run.scores[name] ?? [])]),
    );
    const languages = await Languages.load();
    return new SpeedBench({ task, target, languages, check, plan, base: { ...first, scores }, heat, held });
  }

  /**
   * Some proposals, each judged; what every fresh pair shows to be faster is built on. Pairs are taken of what a screening promises, and of what
   * `asks` wants to know more about.
   */
  search(
    { search, proposer, evaluations, seed, asks = () => false }: BenchSearch,
    signal: AbortSignal,
  ): Promise<LoopResult> {
    const gate = this.#gate(asks, seed);
    return runLoop({
      target: this.target,
      check: this.#remembering(seed),
      gate,
      search,
      proposer,
      base: judgedBase(this.target, this.base, gate),
      journal: new Journal([], { append: () => {} }),
      budget: new Budget({ evaluations }),
      seed,
      window: 1,
      elapsed: () => 0,
      signal,
    });
  }

  /**
   * The last word: the same on fresh calls, and the lower end of the interval of the ratio above 1.05, by fresh pairs on inputs that the
   * search did not see. What is accepted is then compared once more, on calls of its own: that is counted, and decides nothing.
   */
  accept(files: ChangedFiles, pairs: number, seed: number, signal: AbortSignal): Promise<SpeedWord> {
    return this.#accepted.get(`${seed} ${pairs} ${JSON.stringify(files)}`, () =>
      this.#accept(files, pairs, seed, signal),
    );
  }

  async #accept(files: ChangedFiles, pairs: number, seed: number, signal: AbortSignal): Promise<SpeedWord> {
    const { check, plan } = this;
    const logs: number[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const totals = [0, 0];
      // Who goes first alternates, so that a drift of the machine favours nobody.
      for (const side of pair % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const times = await check.time(side === 0 ? {} : files, plan.groups, 1000 * seed + pair, signal);
        totals[side] = times.reduce((sum, each) => sum + each, 0);
      }
      logs.push(Math.log(Math.max(totals[0] as number, 0.01) / Math.max(totals[1] as number, 0.01)));
    }
    const { low, high } = bootstrapInterval(logs, meanOf, { rng: Rng.of(seed, "ratio") });
    const same = (purpose: string): Promise<boolean> =>
      check.compareFresh(files, purpose, FRESH_CALLS, signal).then(({ difference }) => difference === null);
    const accepted = Math.exp(low) > LEAST_RATIO && (await same(`accept-${seed}`));
    return {
      accepted,
      ratio: Math.exp(meanOf(logs)),
      interval: [Math.exp(low), Math.exp(high)],
      wrong: accepted && !(await same(`after-${seed}`)),
    };
  }

  close(): Promise<void> {
    return giveBack(this.#held);
  }

  #remembering(seed: number): Check {
    return {
      id: this.check.id,
      deterministic: this.check.deterministic,
      screen: (submission, signal) =>
        this.#screened.get(`${seed} ${submission.candidate.id}`, () => this.check.screen(submission, signal)),
      confirm: (submission, signal) => this.check.confirm(submission, signal),
      close: async () => {},
    };
  }

  #gate(asks: (result: Evaluated, archive: ArchiveView) => boolean, seed: number): Gate {
    return {
      fitness,
      promising: (result, archive) =>
        result.fitness !== null &&
        (result.fitness > (archive.incumbent().fitness ?? -Infinity) + PROMISING || asks(result, archive)),
      confirm: (submission, archive, signal) => {
        const { candidate } = archive.incumbent();
        const incumbent: Submission = { candidate, files: this.target.filesOf(candidate) };
        return this.#confirmed.get(`${seed} ${submission.candidate.id} ${candidate.id}`, () =>
          this.#pairs(submission, incumbent, signal),
        );
      },
      satisfied: () => null,
    };
  }

  /** Whether a version is faster than another in every fresh pair. */
  async #pairs(submission: Submission, incumbent: Submission, signal: AbortSignal): Promise<Confirmation> {
    let verdict: Verdict | null = null;
    let kept = true;
    for (let pair = 0; kept && pair < CONFIRMING_PAIRS; pair++) {
      const sides = pair % 2 === 0 ? [submission, incumbent] : [incumbent, submission];
      const words = [
        await this.check.confirm(sides[0] as Submission, signal),
        await this.check.confirm(sides[1] as Submission, signal),
      ];
      verdict = words[sides.indexOf(submission)] as Verdict;
      const [own, other] = [fitness(verdict), fitness(words[sides.indexOf(incumbent)] as Verdict)];
      kept = own !== null && other !== null && own - other > FASTER;
    }
    const reason = kept ? "faster in every fresh pair" : "not faster in every fresh pair";
    return { verdict: withOutcome(verdict as Verdict, kept), kept, reason };
  }
}

async function giveBack({ folder, snapshot, check }: Held): Promise<void> {
  await check?.close();
  if (snapshot !== undefined) await removeSnapshot(snapshot);
  rmSync(folder, { recursive: true, force: true });
}

function fitness(verdict: Verdict): number | null {
  const score = scoreOf(verdict, LOG_CPU);
  return score === null ? null : -score;
}
