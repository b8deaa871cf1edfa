import { Rng, type ChangedFiles } from "@pawl/core";
import type { Sandbox } from "@pawl/verify";
import { loadCompoundTasks, withRepairs, type RepairTask } from "@pawl/worlds";
import { Bench } from "../../packages/improve/src/self-agent/bench.ts";
import { corpusPrograms, type AgentTask, type Program } from "../../packages/improve/src/self-agent/programs.ts";
import type { Benchmark } from "../../packages/improve/src/self-agent/tasks.ts";
import { edited, loadAgentEdits, type AgentEdit } from "./agent-edits.ts";
import { selfRepairPrograms } from "./self-repair.ts";
import { smallPrograms } from "./small-programs.ts";

/** How many tasks of a kind are made of a program. */
const PER_PROGRAM = {
  small: { injected: 4, compound: 2 },
  corpus: { injected: 1 },
  agent: { "self-repair": 3 },
} as const;
const TRIES = 60;

type Injected = "injected" | "compound" | "self-repair";

/**
 * Makes the benchmark: faults of the corpus, faults put into correct programs by single edits, pairs of faults, the compound tasks of the corpus, and
 * broken copies of modules of agents. A single fault is taken only if one edit of an operator of the base agent or the library undoes it: what no
 * agent could ever solve tells them apart no better. Its result is kept in `self-agent/tasks.json`.
 */
export async function makeBenchmark(sandbox: Sandbox, signal: AbortSignal): Promise<Benchmark> {
  const maker = new Maker(await loadAgentEdits(), signal);
  const corpus = { training: corpusPrograms("train"), fresh: corpusPrograms("test") };
  const small = await smallPrograms();
  const agents = await selfRepairPrograms(sandbox, signal);
  const compound = loadCompoundTasks().filter(({ language }) => language !== "python");
  const programs = [
    ...[...corpus.training, ...corpus.fresh].map(({ program }) => program),
    ...[small, agents].flatMap(({ training, fresh }) => [...training, ...fresh]),
  ];
  const bench = await Bench.open(sandbox, programs);
  try {
    const make = async (split: "training" | "fresh"): Promise<readonly AgentTask[]> => {
      const tasks: AgentTask[] = [];
      const add = (task: AgentTask | null): void => void (task !== null && tasks.push(task));
      for (const { program, task } of corpus[split]) {
        for (const each of corpusTasks(program, task)) add(await maker.ifUsable(bench, each, program));
        for (const n of numbered(PER_PROGRAM.corpus.injected)) add(await maker.inject(bench, program, "injected", n));
      }
      for (const program of small[split]) {
        for (const n of numbered(PER_PROGRAM.small.injected)) add(await maker.inject(bench, program, "injected", n));
        for (const n of numbered(PER_PROGRAM.small.compound)) add(await maker.inject(bench, program, "compound", n));
      }
      for (const { id, program, split: of, buggy } of compound)
        if ((of === "train") === (split === "training")) tasks.push({ id, kind: "compound", program, files: buggy });
      for (const program of agents[split])
        for (const n of numbered(PER_PROGRAM.agent["self-repair"]))
          add(await maker.inject(bench, program, "self-repair", n));
      return distinct(tasks);
    };
    return { programs, training: await make("training"), fresh: await make("fresh") };
  } finally {
    await bench.close();
  }
}

class Maker {
  readonly #edits: (files: ChangedFiles) => readonly AgentEdit[];
  readonly #signal: AbortSignal;

  constructor(edits: (files: ChangedFiles) => readonly AgentEdit[], signal: AbortSignal) {
    this.#edits = edits;
    this.#signal = signal;
  }

  async ifUsable(bench: Bench, task: AgentTask, program: Program): Promise<AgentTask | null> {
    return this.#canUndo(task.files, program.files) && (await this.#isBroken(bench, program, task.files)) ? task : null;
  }

  /** A program with one fault, or with two that both show; null when none of some random ones will do. */
  async inject(bench: Bench, program: Program, kind: Injected, n: number): Promise<AgentTask | null> {
    const rng = Rng.of("benchmark", program.id, kind, n);
    const edits = this.#edits(program.files);
    for (let tries = 0; tries < TRIES && edits.length > 1; tries++) {
      const chosen = kind === "compound" ? [rng.pick(edits), rng.pick(edits)] : [rng.pick(edits)];
      const [first, second] = chosen as [AgentEdit, AgentEdit | undefined];
      if (second !== undefined && (first.path !== second.path || first.line === second.line)) continue;
      const halves = chosen.map((edit) => edited(program.files, [edit]));
      const files = edited(program.files, chosen);
      if (files === null || !halves.every((half) => half !== null && this.#canUndo(half, program.files))) continue;
      const broken = await Promise.all(
        [files, ...halves].map((each) => this.#isBroken(bench, program, each as ChangedFiles)),
      );
      if (!broken.includes(false)) return { id: `${program.id}#${kind}-${n}`, kind, program: program.id, files };
    }
    return null;
  }

  async #isBroken(bench: Bench, program: Program, files: ChangedFiles): Promise<boolean> {
    return (await bench.visible(program.id, files, this.#signal)).status === "failed";
  }

  #canUndo(faulty: ChangedFiles, right: ChangedFiles): boolean {
    const target = JSON.stringify(right);
    return this.#edits(faulty).some((edit) => JSON.stringify(edited(faulty, [edit])) === target);
  }
}

function corpusTasks(program: Program, task: RepairTask): readonly AgentTask[] {
  return task.faults.map((_, kept): AgentTask => {
    const repaired = task.faults.flatMap((__, i) => (i === kept ? [] : [i]));
    const id = `${program.id}#fault-${kept + 1}`;
    return { id, kind: "corpus", program: program.id, files: withRepairs(task, repaired) };
  });
}

function distinct(tasks: readonly AgentTask[]): readonly AgentTask[] {
  const seen = new Set<string>();
  return tasks.filter(({ program, files }) => {
    const key = JSON.stringify([program, files]);
    return seen.has(key) ? false : (seen.add(key), true);
  });
}

function numbered(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
