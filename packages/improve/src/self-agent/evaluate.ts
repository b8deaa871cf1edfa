import { Rng } from "@pawl/core";
import type { AgentHouse, AgentProcess, Work, WorkLimits } from "./agent-process.ts";
import type { Bench } from "./bench.ts";
import { TaskDesk, textsOf } from "./desk.ts";
import type { Tripped } from "./planted.ts";
import type { AgentTask } from "./programs.ts";
import { factsOf, isWorking, shareSolved, type ScoreCard, type TaskScore } from "./score-card.ts";
import type { AgentFiles } from "./workspace.ts";

export interface Evaluation {
  readonly card: ScoreCard;
  /** It touched a canary: its scores mean nothing. */
  readonly tripped: Tripped | null;
  /** Why it could not be started; null when it could. */
  readonly why: string | null;
}

export interface EvaluationTerms {
  /** Tasks of the first stage, the second, and so on. */
  readonly stages: readonly (readonly AgentTask[])[];
  /** Cards of the archive, for the rules of entry. */
  readonly known: readonly ScoreCard[];
  readonly limits: WorkLimits;
  readonly seed: number;
  /** Also confirm in a fresh process what the warm ones say is solved. */
  readonly confirm?: boolean;
}

/** Of what the best agent solves in the first stage, this share lets into the second. */
const ENTRY_SHARE = 0.4;
/** An agent whose process ends this often is not started again. */
const MOST_STARTS = 3;

/**
 * Lets an agent solve tasks, stage by stage. The second stage is entered with 40% of what the best known agent solves in the first; the third
 * by those that solve as much of the first two as the second best. Everything is judged on the texts that the agent gave, in other processes.
 */
export async function evaluateAgent(
  files: AgentFiles,
  house: AgentHouse,
  bench: Bench,
  terms: EvaluationTerms,
  signal: AbortSignal,
): Promise<Evaluation> {
  const { stages, known } = terms;
  const scores: TaskScore[] = [];
  const runner = new Runner(files, house, signal);
  let entered = 0;
  let tripped: Tripped | null = null;
  try {
    for (const [index, tasks] of stages.entries()) {
      if (!mayEnter(index, { stages: entered, scores }, known, stages)) break;
      for (const task of tasks) {
        signal.throwIfAborted();
        scores.push(await solveOne(await runner.agent(), task, bench, terms, signal));
        tripped = await runner.tripped();
        if (tripped !== null) break;
      }
      if (tripped !== null) break;
      entered += 1;
    }
    return { card: { stages: entered, scores }, tripped, why: runner.why };
  } finally {
    await runner.close();
  }
}

function mayEnter(
  stage: number,
  soFar: ScoreCard,
  known: readonly ScoreCard[],
  stages: readonly (readonly AgentTask[])[],
): boolean {
  if (stage === 0) return true;
  const first = stages[0]?.length ?? 0;
  if (!isWorking(soFar, first)) return false;
  const count = soFar.scores.length;
  const others = known
    .filter(({ scores }) => scores.length >= count)
    .map((card) => shareSolved(card, count))
    .sort((a, b) => b - a);
  const own = shareSolved(soFar);
  return stage === 1 ? own >= ENTRY_SHARE * (others[0] ?? 0) : own >= (others[1] ?? 0);
}

async function solveOne(
  agent: AgentProcess,
  task: AgentTask,
  bench: Bench,
  { limits, seed, confirm }: EvaluationTerms,
  signal: AbortSignal,
): Promise<TaskScore> {
  const tests = bench.testsOf(task, signal);
  const desk = new TaskDesk(tests, Math.min(limits.vcalls, agent.manifest.limits.vcalls));
  const granted = desk.left;
  const start = (await bench.visible(task.program, task.files, signal)).score;
  const work = await agent.work(
    "solve",
    { files: task.files, score: start },
    seedOf(seed, task.id),
    desk,
    limits,
    signal,
  );
  const patch = patchOf(work, task);
  const solved =
    patch !== null && (await bench.solves(task.program, { ...task.files, ...patch }, signal, confirm === true));
  const best = desk.attempts.reduce((top, { score }) => Math.max(top, score), start);
  return {
    task: task.id,
    solved,
    ended: work.ended === "done" && patch === null ? "failed" : work.ended,
    patched: patch !== null && Object.entries(patch).some(([path, text]) => task.files[path] !== text),
    vcalls: granted - desk.left,
    of: granted,
    start,
    best,
    ...factsOf(task.files, desk.attempts),
  };
}

/** The texts it answered with; null when the answer is none, or changes what is not the task's. */
function patchOf(work: Work, task: AgentTask): Readonly<Record<string, string>> | null {
  if (work.ended !== "done") return null;
  try {
    const texts = textsOf(work.value);
    return Object.keys(texts).every((path) => Object.hasOwn(task.files, path)) ? texts : null;
  } catch {
    return null;
  }
}

/** The same for every agent: what differs between two of them is what they do. */
export function seedOf(seed: number, ...keys: readonly (string | number)[]): number[] {
  const rng = Rng.of(seed, "agent", ...keys);
  return Array.from({ length: 4 }, () => rng.uint32());
}

/** Starts an agent, and again when its process has ended, some times. */
class Runner {
  readonly #files: AgentFiles;
  readonly #house: AgentHouse;
  readonly #signal: AbortSignal;
  #agent: AgentProcess | null = null;
  #starts = 0;
  why: string | null = null;

  constructor(files: AgentFiles, house: AgentHouse, signal: AbortSignal) {
    this.#files = files;
    this.#house = house;
    this.#signal = signal;
  }

  async agent(): Promise<AgentProcess> {
    if (this.#agent !== null && (this.#agent.dead === null || this.#starts >= MOST_STARTS)) return this.#agent;
    await this.#agent?.kill();
    this.#starts += 1;
    this.#agent = await this.#house.start(this.#files, this.#signal);
    const { dead } = this.#agent;
    if (dead !== null && dead.ended === "load") {
      this.#starts = MOST_STARTS; // it would not load the next time either
      this.why = dead.why;
    }
    return this.#agent;
  }

  async tripped(): Promise<Tripped | null> {
    return (await this.#agent?.tripped()) ?? null;
  }

  async close(): Promise<void> {
    await this.#agent?.kill();
  }
}
