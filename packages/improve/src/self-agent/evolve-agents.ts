import { Rng, type Json } from "@pawl/core";
import { AgentArchive, type AgentNode } from "./agent-archive.ts";
import type { AgentHouse, WorkLimits } from "./agent-process.ts";
import type { Bench } from "./bench.ts";
import { diagnose, type Brief } from "./brief.ts";
import { TaskDesk } from "./desk.ts";
import { evaluateAgent, seedOf, type Evaluation } from "./evaluate.ts";
import type { Integrity } from "./integrity.ts";
import { cheated } from "./planted.ts";
import type { AgentTask } from "./programs.ts";
import { isWorking, NO_CARD, type ScoreCard } from "./score-card.ts";
import { selectParents, type ParentRule } from "./select-parent.ts";
import { selfTestsOf } from "./self-task.ts";
import { agentHash, changedPaths, shortId, withChanges, type AgentFiles, type LibraryPart } from "./workspace.ts";

/** What an evolution is a function of, besides the tasks. */
export interface EvolutionPlan {
  readonly seed: number;
  /** Children that are made, working or not. */
  readonly children: number;
  readonly perGeneration: number;
  readonly rule: ParentRule;
  /** Who changes the parent: itself, or the first agent. */
  readonly modifier: "parent" | "first";
  readonly solve: WorkLimits;
  readonly modify: WorkLimits;
}

export interface EvolutionSetting {
  readonly first: AgentFiles;
  readonly library: readonly LibraryPart[];
  readonly stages: readonly (readonly AgentTask[])[];
  readonly house: AgentHouse;
  readonly bench: Bench;
  readonly integrity: Integrity;
  readonly signal: AbortSignal;
  /** Answers from the record where it has one, else makes the value and keeps it. */
  readonly remember: <T extends Json>(name: string, make: () => Promise<T>) => Promise<T>;
  readonly onChild?: (child: Child, archive: AgentArchive) => void;
}

/** What came of one child; everything on record of it. */
export interface Child {
  readonly n: number;
  readonly parent: string;
  readonly by: string;
  readonly brief: Brief;
  /** Null when there is no child: the work on it failed. */
  readonly id: string | null;
  readonly changed: Readonly<Record<string, string>>;
  readonly card: ScoreCard;
  readonly working: boolean;
  /** Why it does not work, or does not count. */
  readonly why: string | null;
  readonly tripped: Evaluation["tripped"];
  /** Executions spent on making it, and on evaluating it. */
  readonly vcalls: { readonly modify: number; readonly evaluate: number };
  /** Copies that were looked at, with what their self-tests said. */
  readonly transcript: readonly {
    readonly changed: readonly string[];
    readonly status: string;
    readonly score: number;
  }[];
}

export interface Evolution {
  readonly archive: AgentArchive;
  readonly children: readonly Child[];
}

/**
 * Evolves agents: in each generation parents are selected, each is changed as its brief says, and the children are evaluated; every child that
 * still works is kept. What happens is decided by the plan, the seed and what `remember` has on record, so that a run that was cut off goes on.
 */
export async function evolveAgents(plan: EvolutionPlan, setting: EvolutionSetting): Promise<Evolution> {
  const { first, stages, remember, signal } = setting;
  const archive = new AgentArchive();
  const children: Child[] = [];
  const card = (await remember("first agent", async () => {
    const all = { stages, known: [], limits: plan.solve, seed: plan.seed };
    const evaluation = await evaluateAgent(first, setting.house, setting.bench, all, signal);
    setting.integrity.check();
    // Its score is what children are measured against: without one there is nothing to begin with.
    if (evaluation.tripped !== null) throw cheated(shortId(agentHash(first)), evaluation.tripped);
    return evaluation.card as unknown as Json;
  })) as unknown as ScoreCard;
  archive.add({ files: first, parent: null, by: null, brief: null, card, n: 0 });
  for (let generation = 1; children.length < plan.children; generation++) {
    signal.throwIfAborted();
    const rng = Rng.of(plan.seed, "generation", generation);
    const count = Math.min(plan.perGeneration, plan.children - children.length);
    const parents = selectParents(plan.rule, archive, count, rng.child("parents"));
    const made = (await remember(`generation ${generation}`, async () => {
      const work = parents.map((parent, i) =>
        makeChild(plan, setting, archive, children, parent, children.length + i + 1),
      );
      const born = await Promise.all(work);
      setting.integrity.check();
      return born as unknown as Json;
    })) as unknown as readonly Child[];
    for (const child of made) {
      children.push(child);
      if (child.working) {
        const files = withChanges(archive.get(child.parent).files, child.changed);
        archive.add({ files, parent: child.parent, by: child.by, brief: child.brief, card: child.card, n: child.n });
      }
      setting.onChild?.(child, archive);
    }
  }
  return { archive, children };
}

async function makeChild(
  plan: EvolutionPlan,
  setting: EvolutionSetting,
  archive: AgentArchive,
  before: readonly Child[],
  parent: AgentNode,
  n: number,
): Promise<Child> {
  const { bench, house, stages, signal } = setting;
  const own = before.filter((child) => child.parent === parent.id);
  const tasks = new Map(stages.flat().map((task) => [task.id, task]));
  const brief = await diagnose(
    parent.card,
    { made: own.length, broken: own.filter(({ working }) => !working).length },
    (task) => bench.testsOf(tasks.get(task) as AgentTask, signal).suspects(),
    Rng.of(plan.seed, "brief", n),
  );
  const modifier = plan.modifier === "parent" ? parent : (archive.all()[0] as AgentNode);
  const about = { n, parent: parent.id, by: modifier.id, brief };
  const change = await changeAgent(plan, setting, modifier, parent, brief, n);
  const nothing = { ...about, id: null, changed: {}, card: NO_CARD, working: false, transcript: change.transcript };
  if (change.files === null)
    return { ...nothing, why: change.why, tripped: change.tripped, vcalls: { modify: change.vcalls, evaluate: 0 } };
  const id = shortId(agentHash(change.files));
  const changed = Object.fromEntries(
    changedPaths(parent.files, change.files).map((path) => [path, (change.files as AgentFiles)[path] as string]),
  );
  const known = archive.all().map((node) => node.card);
  const terms = { stages, known, limits: plan.solve, seed: plan.seed };
  const evaluation = await startable(() => evaluateAgent(change.files as AgentFiles, house, bench, terms, signal));
  const { card, tripped } = evaluation;
  const works = tripped === null && isWorking(card, stages[0]?.length ?? 0);
  return {
    ...about,
    id,
    changed,
    card,
    working: works && !archive.has(id),
    why:
      tripped?.what ?? (works ? (archive.has(id) ? "the same agent is in the archive" : null) : whyBroken(evaluation)),
    tripped,
    vcalls: { modify: change.vcalls, evaluate: card.scores.reduce((sum, { vcalls }) => sum + vcalls, 0) },
    transcript: change.transcript,
  };
}

interface Change {
  readonly files: AgentFiles | null;
  readonly why: string | null;
  readonly tripped: Evaluation["tripped"];
  readonly vcalls: number;
  readonly transcript: Child["transcript"];
}

/** Has one agent change a copy of another, in a box of its own. */
async function changeAgent(
  plan: EvolutionPlan,
  { bench, house, library, signal }: EvolutionSetting,
  modifier: AgentNode,
  parent: AgentNode,
  brief: Brief,
  n: number,
): Promise<Change> {
  const agent = await house.start(modifier.files, signal);
  try {
    const { modify } = plan;
    const desk = new TaskDesk(selfTestsOf(parent.files, bench, signal), modify.vcalls, () => true);
    const trace = parent.card.scores.find(({ task }) => task === brief.task) ?? null;
    const selfTask = { files: parent.files, brief, trace, library, limits: modify } as unknown as Json;
    const work = await agent.work("modify", selfTask, seedOf(plan.seed, "modify", n), desk, modify, signal);
    const tripped = await agent.tripped();
    const transcript = desk.attempts.map(({ files, status, score }) => ({
      changed: changedPaths(parent.files, { ...parent.files, ...files }),
      status,
      score,
    }));
    const rest = { tripped, vcalls: modify.vcalls - desk.left, transcript };
    if (tripped !== null) return { files: null, why: tripped.what, ...rest };
    if (work.ended !== "done") return { files: null, why: `modify ${work.ended}: ${work.why}`, ...rest };
    try {
      const files = withChanges(parent.files, work.value);
      if (agentHash(files) === agentHash(parent.files)) return { files: null, why: "it changed nothing", ...rest };
      return { files, why: null, ...rest };
    } catch (error) {
      return { files: null, why: error instanceof Error ? error.message : String(error), ...rest };
    }
  } finally {
    await agent.kill();
  }
}

/** A manifest that asks for what no agent can have is a fault of the child's, not of the run. */
async function startable(evaluate: () => Promise<Evaluation>): Promise<Evaluation> {
  try {
    return await evaluate();
  } catch (error) {
    if ((error as Error).name !== "UsageError") throw error;
    return { card: NO_CARD, tripped: null, why: (error as Error).message };
  }
}

function whyBroken({ card, why }: Evaluation): string {
  if (why !== null) return `it does not load: ${why.split("\n")[0]}`;
  const bad = card.scores.find(({ ended }) => ended !== "done");
  return bad === undefined ? "it changed nothing in any task of the first stage" : `solve ${bad.ended} on ${bad.task}`;
}

/**
 * Throws a RangeError unless an evolution spent what its plan says and no more: so many children made, and no piece of work beyond its limit. Arms
 * of one comparison have equal plans but for the rules they are about.
 */
export function demandEqualBudgets(plan: EvolutionPlan, { children }: Evolution): void {
  if (children.length !== plan.children)
    throw new RangeError(`${children.length} children were made, the plan has ${plan.children}`);
  for (const { n, vcalls, card } of children) {
    if (vcalls.modify > plan.modify.vcalls) throw new RangeError(`child ${n} took ${vcalls.modify} executions to make`);
    const over = card.scores.find((score) => score.vcalls > plan.solve.vcalls);
    if (over !== undefined) throw new RangeError(`child ${n} spent ${over.vcalls} executions on ${over.task}`);
  }
}
