import {
  Archive,
  judgedBase,
  Rng,
  Target,
  type Candidate,
  type Check,
  type Evaluated,
  type Gate,
  type Verdict,
} from "@pawl/core";
import { scoreGate } from "@pawl/improve";

/** Noise of one measurement, as a share of the score. */
export const NOISE = 0.03;
export const CANDIDATES = 100;
/** Every tenth candidate is one percent worse than what it started from; the others change nothing. */
const WORSE_EVERY = 10;
const WORSE_BY = 0.01;
export const RUN_ALPHA = 0.05;
export const MOST_PAIRS = 40;
const GATE = { objective: "score", sign: 1, alpha: RUN_ALPHA, minGain: 0, goal: null, maxPairs: MOST_PAIRS } as const;
/** As `pawl evolve` measures the start and the result. */
const BASE_RUNS = 3;
const REPORT_PAIRS = 5;

/** What a rule did in one run in which nothing was to be gained. */
export interface NullRun {
  readonly accepted: number;
  /** Score the rule reports at the end over the start's, minus 1. */
  readonly claimed: number;
  /** The same of the true scores, without noise. */
  readonly true: number;
  readonly measurements: number;
}

/** A rule over a run of candidates that are no better than their parent, the incumbent of the moment. */
export type Rule = (rng: Rng) => Promise<NullRun>;

/** A noisy measurement of a true score. */
function measure(rng: Rng, score: number): number {
  return score * (1 + NOISE * rng.normal());
}

function effect(candidate: number): number {
  return candidate % WORSE_EVERY === WORSE_EVERY - 1 ? 1 - WORSE_BY : 1;
}

/** The gate of `pawl evolve` itself, in front of a check whose scores are drawn. */
class DrawnRun {
  readonly #rng: Rng;
  readonly #target = new Target({ "x.txt": "0" }, "tree");
  readonly #truth = new Map<string, number>([[this.#target.baseId, 1]]);
  readonly #gate: Gate;
  readonly #archive: Archive;
  #candidates = 0;
  measurements = 0;

  constructor(rng: Rng) {
    this.#rng = rng;
    const one: Check["confirm"] = async ({ candidate }) => this.#verdict(candidate, 1);
    const check: Check = { id: "drawn", deterministic: false, screen: one, confirm: one, close: async () => {} };
    this.#gate = scoreGate(check, { ...GATE, target: this.#target });
    this.#archive = new Archive(judgedBase(this.#target, this.#verdict(this.#target.base, BASE_RUNS), this.#gate));
  }

  /** True score of what is kept. */
  get score(): number {
    return this.#truth.get(this.#archive.incumbent().candidate.id) as number;
  }

  /** A candidate whose true score is the incumbent's times `effect`: is it kept? */
  async offer(effect: number): Promise<boolean> {
    const parent = this.#archive.incumbent().candidate;
    const length = this.#target.textOf(parent, "x.txt").length;
    const edits = { "x.txt": [{ start: 0, end: length, text: String(++this.#candidates) }] };
    const submission = this.#target.derive(parent, edits, { proposer: "drawn", summary: "" });
    if ("rejected" in submission) throw new Error(`a candidate of the simulation was rejected: ${submission.rejected}`);
    const { candidate } = submission;
    this.#truth.set(candidate.id, this.score * effect);
    const verdict = this.#verdict(candidate, 1);
    const request = { parent: parent.id, edits: 1, temperature: 1 };
    const result: Evaluated = { candidate, request, verdict, fitness: this.#gate.fitness(verdict), confirmed: false };
    this.#archive.add(result);
    if (!this.#gate.promising(result, this.#archive)) return false;
    const { verdict: fresh, kept } = await this.#gate.confirm(submission, this.#archive, new AbortController().signal);
    this.#archive.add({ ...result, verdict: fresh, fitness: this.#gate.fitness(fresh), confirmed: true });
    if (kept) this.#archive.keep(candidate.id);
    return kept;
  }

  #verdict(candidate: Candidate, runs: number): Verdict {
    this.measurements += runs;
    const scores = Array.from({ length: runs }, () => measure(this.#rng, this.#truth.get(candidate.id) as number));
    return { status: "passed", scores: { score: scores }, feedback: [], cost: { wallMs: 0, cpuMs: 0 }, evidence: [] };
  }
}

export const ours: Rule = async (rng) => {
  const run = new DrawnRun(rng);
  let accepted = 0;
  for (let n = 0; n < CANDIDATES; n++) accepted += Number(await run.offer(effect(n)));
  let [before, after] = [0, 0];
  for (let pair = 0; pair < REPORT_PAIRS; pair++) {
    before += measure(rng, 1);
    after += measure(rng, run.score);
  }
  const measurements = run.measurements + 2 * REPORT_PAIRS;
  return { accepted, claimed: after / before - 1, true: run.score - 1, measurements };
};

/** Share of candidates with a true gain that a run keeps, when it meets one as its first and screens it once. */
export async function foundAfterOneScreening(gain: number, repetitions: number): Promise<number> {
  let found = 0;
  for (let n = 0; n < repetitions; n++) found += Number(await new DrawnRun(Rng.of("found", gain, n)).offer(1 + gain));
  return found / repetitions;
}

/** Keep whatever measured higher once; the score it was kept with stays its score. */
export const keepIfHigher: Rule = async (rng) => {
  let [known, truth] = [measure(rng, 1), 1];
  const start = known;
  let accepted = 0;
  for (let n = 0; n < CANDIDATES; n++) {
    const score = measure(rng, truth * effect(n));
    if (score <= known) continue;
    [known, truth] = [score, truth * effect(n)];
    accepted++;
  }
  return { accepted, claimed: known / start - 1, true: truth - 1, measurements: CANDIDATES };
};

/** Keep when the mean paired difference over the tasks is more than k standard errors; the incumbent keeps its old scores. */
export const pairedAt =
  (k: number, tasks: number): Rule =>
  async (rng) => {
    const all = (score: number): number[] => Array.from({ length: tasks }, () => measure(rng, score));
    let [known, truth] = [all(1), 1];
    const start = mean(known);
    let accepted = 0;
    for (let n = 0; n < CANDIDATES; n++) {
      const scores = all(truth * effect(n));
      const differences = scores.map((score, i) => score - (known[i] as number));
      const average = mean(differences);
      const variance = differences.reduce((sum, each) => sum + (each - average) ** 2, 0) / (tasks - 1);
      if (average <= k * Math.sqrt(variance / tasks)) continue;
      [known, truth] = [scores, truth * effect(n)];
      accepted++;
    }
    return { accepted, claimed: mean(known) / start - 1, true: truth - 1, measurements: CANDIDATES * tasks };
  };

export interface RuleRow {
  readonly rule: string;
  readonly runs: number;
  /** False accepts per 100 candidates. */
  readonly falseAccepts: number;
  /** Share of runs with any. */
  readonly runsWithAny: number;
  readonly claimedGain: number;
  readonly trueChange: number;
  readonly measurementsPerRun: number;
}

export async function simulate(rule: string, decide: Rule, runs: number): Promise<RuleRow> {
  const done: NullRun[] = [];
  for (let run = 0; run < runs; run++) done.push(await decide(Rng.of("null", rule, run)));
  const average = (value: (run: NullRun) => number): number => mean(done.map(value));
  return {
    rule,
    runs,
    falseAccepts: (average((run) => run.accepted) / CANDIDATES) * 100,
    runsWithAny: average((run) => Number(run.accepted > 0)),
    claimedGain: average((run) => run.claimed),
    trueChange: average((run) => run.true),
    measurementsPerRun: average((run) => run.measurements),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
