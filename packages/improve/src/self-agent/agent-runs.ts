import { existsSync } from "node:fs";
import { join } from "node:path";
import { EXIT, PawlError, recordOf, Rng, RunSession, runState, Store, UsageError, type Json } from "@pawl/core";
import { openSandbox, type Isolation } from "@pawl/verify";
import { openState } from "../execute.ts";
import { AgentArchive } from "./agent-archive.ts";
import { AgentHouse } from "./agent-process.ts";
import { Bench } from "./bench.ts";
import { evaluateAgent } from "./evaluate.ts";
import { evolveAgents, type Child, type EvolutionPlan } from "./evolve-agents.ts";
import { Integrity } from "./integrity.ts";
import { shareSolved, type ScoreCard } from "./score-card.ts";
import { drawTasks, loadBenchmark } from "./tasks.ts";
import { agentHash, baseAgent, partsLibrary, withChanges, type AgentFiles } from "./workspace.ts";

export interface ImproveAgentsOptions {
  /** Folder of the project's store; agents have a store of their own in it. */
  readonly state: string;
  /** Children to make; default 8. */
  readonly children?: number;
  /** Tasks of each stage; default 6, 18. */
  readonly stages?: readonly number[];
  /** Tasks that no agent was evolved on, for the last word; default 30. */
  readonly fresh?: number;
  readonly seed?: number;
  /** Id of an agent of an earlier run to begin with; default the agent that Pawl comes with. */
  readonly from?: string;
  /** Name of a run to go on with; then nothing else is read. */
  readonly resume?: string;
  readonly isolation?: Isolation;
  readonly unsafe?: boolean;
  readonly signal?: AbortSignal;
  readonly say?: (line: string) => void;
}

/** What a run of evolution is a function of; recorded with its first event. */
interface AgentConfig {
  readonly children: number;
  readonly stages: readonly number[];
  readonly fresh: number;
  readonly seed: number;
}

export interface FreshScore {
  readonly agent: string;
  readonly solved: number;
  readonly of: number;
}

export interface ImproveAgentsReport {
  readonly run: string;
  readonly first: FreshScore;
  readonly best: FreshScore;
  readonly children: number;
  readonly working: number;
  /** Children that touched a canary: they do not count. */
  readonly tripped: number;
}

export type AgentRun = {
  readonly run: string;
  readonly state: ReturnType<typeof runState>;
  readonly archive: AgentArchive;
  readonly children: readonly Child[];
  readonly report: Omit<ImproveAgentsReport, "run"> | null;
};

const DEFAULTS: AgentConfig = { children: 8, stages: [6, 18], fresh: 30, seed: 1 };
const SOLVE = { vcalls: 25, cpuSeconds: 10, wallSeconds: 300 } as const;
const MODIFY = { vcalls: 12, cpuSeconds: 10, wallSeconds: 300 } as const;
const COMMAND = "agent";

/** Evolves agents and measures the best on tasks that none was evolved on. A run that was cut off goes on with `resume`, whatever cut it off. */
export async function improveAgents(options: ImproveAgentsOptions): Promise<ImproveAgentsReport> {
  const store = openState(join(options.state, "agents"));
  try {
    const from = options.from === undefined ? baseAgent() : findAgent(store, options.from).files;
    const config: AgentConfig = { ...DEFAULTS, ...given(options) };
    const session =
      options.resume === undefined
        ? RunSession.create(store, COMMAND, config as unknown as Json)
        : RunSession.resume(store, options.resume);
    try {
      return await execute(session, from, options);
    } catch (error) {
      if ((error as Error).name !== "AbortError") {
        session.fail(error instanceof Error ? error.message : String(error));
        throw error;
      }
      session.pause("interrupted");
      throw new PawlError({
        what: `run ${session.id} is paused`,
        todo: `Go on with \`pawl agent improve --resume ${session.id}\`.`,
        exitCode: EXIT.interrupted,
      });
    } finally {
      session.close();
    }
  } finally {
    store.close();
  }
}

async function execute(
  session: RunSession,
  from: AgentFiles,
  options: ImproveAgentsOptions,
): Promise<ImproveAgentsReport> {
  const config = session.config as unknown as AgentConfig;
  const { say = () => {}, signal = new AbortController().signal } = options;
  const first = (await session.observe("agent", async () => from as Json)) as AgentFiles;
  say(`run ${session.id}: ${config.children} children, tasks ${config.stages.join(" + ")}`);
  const sandbox = await openSandbox({
    ...(options.isolation === undefined ? {} : { prefer: options.isolation }),
    ...(options.unsafe === undefined ? {} : { unsafe: options.unsafe }),
  });
  const benchmark = loadBenchmark();
  const house = await AgentHouse.open(sandbox);
  const bench = await Bench.open(sandbox, benchmark.programs);
  try {
    const rng = Rng.of(config.seed, "agents");
    const drawn = drawTasks(
      benchmark.training,
      config.stages.reduce((sum, n) => sum + n, 0),
      rng.child("training"),
    );
    let at = 0;
    const stages = config.stages.map((size) => drawn.slice(at, (at += size)));
    const integrity = new Integrity(() => bench.digest());
    const evolution = await evolveAgents(planOf(config), {
      first,
      library: partsLibrary(),
      stages,
      house,
      bench,
      integrity,
      signal,
      remember: (name, make) => session.observe(name, make),
      onChild: (child) => say(childLine(child, config)),
    });
    const { archive, children } = evolution;
    const fresh = drawTasks(benchmark.fresh, config.fresh, rng.child("fresh"));
    const measure = async (name: string, files: AgentFiles): Promise<FreshScore> => {
      const card = (await session.observe(name, async () => {
        const terms = { stages: [fresh], known: [], limits: SOLVE, seed: config.seed + 1_000_000, confirm: true };
        const evaluation = await evaluateAgent(files, house, bench, terms, signal);
        integrity.check();
        return evaluation.card as unknown as Json;
      })) as unknown as ScoreCard;
      const solved = card.scores.filter((score) => score.solved).length;
      return { agent: agentHash(files).slice(0, 12), solved, of: fresh.length };
    };
    const best = archive.best();
    const report = {
      first: await measure("fresh tasks, first agent", first),
      best: await measure("fresh tasks, best agent", best.files),
      children: children.length,
      working: archive.size - 1,
      tripped: children.filter(({ tripped }) => tripped !== null).length,
    };
    const outcome = report.best.solved > report.first.solved ? "improved" : "not-improved";
    session.journal.decide({ type: "finished", data: { outcome, best: best.id, result: report as unknown as Json } });
    return { run: session.id, ...report };
  } finally {
    await bench.close();
    await house.close();
  }
}

function planOf({ seed, children }: AgentConfig): EvolutionPlan {
  return { seed, children, perGeneration: 2, rule: "open-ended", modifier: "parent", solve: SOLVE, modify: MODIFY };
}

function given({ children, stages, fresh, seed }: ImproveAgentsOptions): Partial<AgentConfig> {
  return {
    ...(children === undefined ? {} : { children }),
    ...(stages === undefined ? {} : { stages }),
    ...(fresh === undefined ? {} : { fresh }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function childLine({ n, id, parent, brief, working, card, why }: Child, config: AgentConfig): string {
  const what = working
    ? `${id}, solves ${Math.round(100 * shareSolved(card))}% of ${card.scores.length}`
    : `not kept: ${why}`;
  return `child ${n} of ${config.children} from ${parent} (${brief.about}): ${what}`;
}

/** Every run of evolution of a project, the oldest first, as far as it is on record. */
export function readAgentRuns(state: string): readonly AgentRun[] {
  const folder = join(state, "agents");
  if (!existsSync(folder)) return [];
  const store = Store.open(folder, { create: false });
  try {
    return runsOf(store);
  } finally {
    store.close();
  }
}

/** An agent of any run, by its id or the beginning of it. Throws a UsageError that tells how to find others. */
export function readAgent(state: string, id: string): { readonly run: AgentRun; readonly id: string } {
  const found = readAgentRuns(state).flatMap((run) =>
    run.archive
      .all()
      .filter((node) => node.id.startsWith(id))
      .map((node) => ({ run, id: node.id })),
  );
  return onlyOne(found, id);
}

function onlyOne<T extends { readonly id: string }>(found: readonly T[], id: string): T {
  const ids = new Set(found.map((each) => each.id));
  if (ids.size === 1 && id !== "") return found[0] as T;
  throw new UsageError({
    what: ids.size === 0 ? `there is no agent '${id}'` : `several agents begin with '${id}': ${[...ids].join(", ")}`,
    where: "pawl agent",
    todo: "`pawl agent list` shows all of them; `pawl agent improve` makes some.",
  });
}

function findAgent(store: Store, id: string): { readonly id: string; readonly files: AgentFiles } {
  return onlyOne(
    runsOf(store).flatMap(({ archive }) => archive.all().filter((node) => node.id.startsWith(id))),
    id,
  );
}

function runsOf(store: Store): readonly AgentRun[] {
  return store
    .runs()
    .toReversed()
    .flatMap(({ id }) => {
      const run = runOf(store, id);
      return run === null ? [] : [run];
    });
}

/** The archive of a run as its record has it; null when it ended before its first agent was evaluated. */
function runOf(store: Store, id: string): AgentRun | null {
  const events = recordOf(store, id);
  const observed = new Map<string, Json>();
  for (const event of events)
    if (event.type === "observed") observed.set(event.data.name, loaded(store, event.data.value));
  const first = observed.get("agent") as AgentFiles | undefined;
  const card = observed.get("first agent") as unknown as ScoreCard | undefined;
  if (first === undefined || card === undefined) return null;
  const archive = new AgentArchive();
  archive.add({ files: first, parent: null, by: null, brief: null, card, n: 0 });
  const children: Child[] = [];
  for (let generation = 1; observed.has(`generation ${generation}`); generation++)
    for (const child of observed.get(`generation ${generation}`) as unknown as readonly Child[]) {
      children.push(child);
      if (!child.working) continue;
      const files = withChanges(archive.get(child.parent).files, child.changed);
      archive.add({ files, parent: child.parent, by: child.by, brief: child.brief, card: child.card, n: child.n });
    }
  const end = events.findLast((event) => event.type === "finished");
  const report = end?.type === "finished" ? (end.data.result as unknown as AgentRun["report"]) : null;
  return { run: id, state: runState(store, id, events), archive, children, report };
}

/** Large values lie apart, by the hash of their content. */
function loaded(store: Store, value: Json): Json {
  if (value === null || typeof value !== "object" || !("$blob" in value)) return value;
  return JSON.parse(Buffer.from(store.getBlob(value["$blob"] as string)).toString("utf8")) as Json;
}
