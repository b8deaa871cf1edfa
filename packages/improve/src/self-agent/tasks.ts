import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applyEdits, smallestChange, type ChangedFiles, type Rng, type TextEdit } from "@pawl/core";
import { corpusPrograms, type AgentTask, type Program, type TaskKind } from "./programs.ts";
import { selfTestProgram } from "./self-task.ts";
import { AGENT_DATA } from "./workspace.ts";

/** Tasks to evolve agents on, and tasks that no agent has seen, from programs that they have not seen either. */
export interface Benchmark {
  readonly programs: readonly Program[];
  readonly training: readonly AgentTask[];
  readonly fresh: readonly AgentTask[];
}

/** How it lies in `self-agent/tasks.json`: small programs and modules of agents in full, of the tasks what differs from their program. */
interface Stored {
  readonly programs: readonly Program[];
  readonly training: readonly StoredTask[];
  readonly fresh: readonly StoredTask[];
}

interface StoredTask {
  readonly id: string;
  readonly kind: TaskKind;
  readonly program: string;
  readonly edits: Readonly<Record<string, TextEdit>>;
}

const FILE = join(AGENT_DATA, "tasks.json");

/** The benchmark that Pawl comes with (`scripts/make-agent-tasks.ts`), with the agents' self-tests among its programs. */
export function loadBenchmark(): Benchmark {
  const stored = JSON.parse(readFileSync(FILE, "utf8")) as Stored;
  const corpus = [...corpusPrograms("train"), ...corpusPrograms("test")].map(({ program }) => program);
  const programs = new Map([...corpus, ...stored.programs].map((program) => [program.id, program]));
  const taskOf = ({ edits, ...task }: StoredTask): AgentTask => ({
    ...task,
    files: { ...filesOf(programs, task.program), ...faulty(filesOf(programs, task.program), edits, task.id) },
  });
  return {
    programs: [...programs.values(), selfTestProgram()],
    training: stored.training.map(taskOf),
    fresh: stored.fresh.map(taskOf),
  };
}

/** The benchmark as it is kept. */
export function benchmarkText(benchmark: Benchmark): string {
  const programs = new Map(benchmark.programs.map((program) => [program.id, program]));
  const stored = ({ files, ...task }: AgentTask): StoredTask => {
    const before = filesOf(programs, task.program);
    const changed = Object.keys(files).filter((path) => files[path] !== before[path]);
    const edits = changed.map((path) => [path, smallestChange(before[path] as string, files[path] as string)]);
    return { ...task, edits: Object.fromEntries(edits) as StoredTask["edits"] };
  };
  const lines = (items: readonly unknown[]): string => items.map((item) => JSON.stringify(item)).join(",\n");
  const own = benchmark.programs.filter(({ id }) => id.startsWith("agent-") || id.startsWith("small-"));
  return `{"programs":[\n${lines(own)}\n],"training":[\n${lines(benchmark.training.map(stored))}\n],"fresh":[\n${lines(benchmark.fresh.map(stored))}\n]}\n`;
}

/** Shares of a draw; the rest are single faults in small programs. */
const SHARES: readonly (readonly [share: number, of: (task: AgentTask) => boolean])[] = [
  [0.2, ({ kind }) => kind === "self-repair"],
  [0.15, ({ kind }) => kind === "compound"],
  [0.1, ({ kind, program }) => kind !== "compound" && !isSmall(program) && kind !== "self-repair"],
];

const isSmall = (program: string): boolean => program.startsWith("small-");

/**
 * So many tasks of a list: a fifth of them broken copies of agents' modules, some with two faults, some in programs of the corpus, the rest small. Where
 * there are too few of a kind, others take their place; where there are too few of all, it gives them all.
 */
export function drawTasks(tasks: readonly AgentTask[], count: number, rng: Rng): readonly AgentTask[] {
  const shuffled = rng.shuffle(tasks);
  const some = SHARES.flatMap(([share, of]) => shuffled.filter(of).slice(0, Math.round(share * count)));
  const small = shuffled.filter(({ kind, program }) => kind === "injected" && isSmall(program));
  const drawn = new Set([...some, ...small.slice(0, count - some.length)]);
  const others = shuffled.filter((task) => !drawn.has(task)).slice(0, count - drawn.size);
  return rng.shuffle([...drawn, ...others]);
}

function filesOf(programs: ReadonlyMap<string, Program>, id: string): ChangedFiles {
  const program = programs.get(id);
  if (program === undefined) throw new RangeError(`${FILE} has tasks of ${id}, which is no program: make it again`);
  return program.files;
}

function faulty(files: ChangedFiles, edits: StoredTask["edits"], id: string): ChangedFiles {
  return Object.fromEntries(
    Object.entries(edits).map(([path, edit]) => {
      const text = applyEdits(files[path] ?? "", [edit]);
      if (text === null) throw new RangeError(`the fault of ${id} does not fit its program: make ${FILE} again`);
      return [path, text];
    }),
  );
}
