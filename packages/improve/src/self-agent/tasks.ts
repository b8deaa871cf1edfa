import { applyEdits, Rng, type ChangedFiles } from "@pawl/core";
import { javascript, typescript, type SyntaxEdit } from "@pawl/propose";
import type { Sandbox } from "@pawl/verify";
import { withRepairs, type RepairTask } from "@pawl/worlds";
import { Bench } from "./bench.ts";
import { corpusPrograms, type AgentTask, type Program } from "./programs.ts";
import { selfRepairPrograms } from "./self-repair.ts";

/** Tasks to evolve agents on, and tasks that no agent has seen, from programs that they have not seen either. */
export interface Benchmark {
  readonly programs: readonly Program[];
  readonly training: readonly AgentTask[];
  readonly fresh: readonly AgentTask[];
}

/** How many tasks of a kind are made of a program. */
const PER_PROGRAM = { injected: 1, compound: 1, "self-repair": 3 } as const;
const TRIES = 40;

/**
 * Makes the benchmark: the corpus's own faults (of a compound task each fault alone, too), faults put in by single edits, pairs of them of which
 * neither alone can be undone with success, and broken copies of modules of agents. The same every time.
 */
export async function makeBenchmark(sandbox: Sandbox, signal: AbortSignal): Promise<Benchmark> {
  const trained = corpusPrograms("train");
  const held = corpusPrograms("test");
  const own = await selfRepairPrograms(sandbox, signal);
  const programs = [...[...trained, ...held].map(({ program }) => program), ...own.training, ...own.fresh];
  const bench = await Bench.open(sandbox, programs);
  try {
    const make = async (
      corpus: ReturnType<typeof corpusPrograms>,
      agents: readonly Program[],
    ): Promise<readonly AgentTask[]> => {
      const found = await Promise.all([
        ...corpus.flatMap(({ program, task }) => [
          ...corpusTasks(program, task).map((each) => onlyIfBroken(bench, each, signal)),
          ...numbered(PER_PROGRAM.injected).map((n) => injected(bench, program, "injected", n, signal)),
          ...numbered(PER_PROGRAM.compound).map((n) => injected(bench, program, "compound", n, signal)),
        ]),
        ...agents.flatMap((program) =>
          numbered(PER_PROGRAM["self-repair"]).map((n) => injected(bench, program, "self-repair", n, signal)),
        ),
      ]);
      return distinct(found.filter((task) => task !== null));
    };
    return { programs, training: await make(trained, own.training), fresh: await make(held, own.fresh) };
  } finally {
    await bench.close();
  }
}

/** So many tasks of a list, a fifth of them broken copies of agents' modules; of the rest as many with two faults as there are. */
export function drawTasks(tasks: readonly AgentTask[], count: number, rng: Rng): readonly AgentTask[] {
  const shuffled = rng.shuffle(tasks);
  const own = shuffled.filter(({ kind }) => kind === "self-repair").slice(0, Math.round(count / 5));
  const others = shuffled.filter(({ kind }) => kind !== "self-repair").slice(0, count - own.length);
  return rng.shuffle([...own, ...others]);
}

function corpusTasks(program: Program, task: RepairTask): readonly AgentTask[] {
  const of = (name: string, files: ChangedFiles): AgentTask => ({
    id: `${program.id}#${name}`,
    kind: "corpus",
    program: program.id,
    files,
  });
  if (task.faults.length === 1) return [of("fault", task.buggy)];
  const singles = task.faults.map((_, kept) => {
    const repaired = task.faults.flatMap((__, i) => (i === kept ? [] : [i]));
    return of(`fault-${kept + 1}`, withRepairs(task, repaired));
  });
  return [of("faults", task.buggy), ...singles];
}

async function onlyIfBroken(bench: Bench, task: AgentTask, signal: AbortSignal): Promise<AgentTask | null> {
  return (await bench.visible(task.program, task.files, signal)).status === "failed" ? task : null;
}

/** A program with one fault, or two that both have to be undone; null when none of some random ones shows in the visible cases. */
async function injected(
  bench: Bench,
  program: Program,
  kind: "injected" | "compound" | "self-repair",
  n: number,
  signal: AbortSignal,
): Promise<AgentTask | null> {
  const rng = Rng.of("benchmark", program.id, kind, n);
  const edits = Object.entries(program.files).flatMap(([path, text]) => editsOf(path, text));
  const isBroken = async (files: ChangedFiles): Promise<boolean> =>
    (await bench.visible(program.id, files, signal)).status === "failed";
  for (let tries = 0; tries < TRIES && edits.length > 1; tries++) {
    const chosen = kind === "compound" ? [rng.pick(edits), rng.pick(edits)] : [rng.pick(edits)];
    const [first, second] = chosen as [PlacedEdit, PlacedEdit | undefined];
    if (second !== undefined && first.path === second.path && Math.abs(first.edit.line - second.edit.line) < 2)
      continue;
    const files = broken(program.files, chosen);
    if (files === null || !(await isBroken(files))) continue;
    if (second !== undefined) {
      const halves = chosen.map((each) => broken(program.files, [each]));
      const both = await Promise.all(halves.map((half) => half !== null && isBroken(half)));
      if (both.includes(false)) continue;
    }
    return { id: `${program.id}#${kind}-${n}`, kind, program: program.id, files };
  }
  return null;
}

interface PlacedEdit {
  readonly path: string;
  readonly edit: SyntaxEdit;
}

function editsOf(path: string, text: string): readonly PlacedEdit[] {
  const language = path.endsWith(".ts") ? typescript : javascript;
  const parsed = language.parse(text, path);
  return parsed === null ? [] : [...language.edits(parsed, { ingredients: [] })].map((edit) => ({ path, edit }));
}

function broken(files: ChangedFiles, edits: readonly PlacedEdit[]): ChangedFiles | null {
  const changed: Record<string, string> = { ...files };
  for (const path of new Set(edits.map((each) => each.path))) {
    const replacements = edits
      .filter((each) => each.path === path)
      .flatMap(({ edit }) => edit.replacements)
      .sort((a, b) => a.start - b.start);
    const text = applyEdits(files[path] as string, replacements);
    const language = path.endsWith(".ts") ? typescript : javascript;
    if (text === null || language.parse(text, path) === null) return null;
    changed[path] = text;
  }
  return changed;
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
