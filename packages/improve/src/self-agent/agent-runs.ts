import { join } from "node:path";
import { EXIT, PawlError, recordOf, Rng, RunSession, runState, Store, UsageError, type Json } from "@pawl/core";
import { openSandbox, type Isolation, type Sandbox } from "@pawl/verify";
import { isAbort } from "../aborted.ts";
import { openState } from "../execute.ts";
import { findAgent } from "./agent-record.ts";
import { AgentHouse } from "./agent-process.ts";
import { Bench } from "./bench.ts";
import { evolveAgents, type Child, type EvolutionPlan } from "./evolve-agents.ts";
import { measureFresh, type FreshScore, type FreshSetting } from "./fresh-measure.ts";
import { Integrity } from "./integrity.ts";
import { shareSolved } from "./score-card.ts";
import { drawTasks, loadBenchmark, type Benchmark } from "./tasks.ts";
import { baseAgent, partsLibrary, type AgentFiles } from "./workspace.ts";

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

export interface ImproveAgentsReport {
  readonly run: string;
  readonly first: FreshScore;
  readonly best: FreshScore;
  readonly children: number;
  readonly working: number;
  /** Children that touched a canary: they do not count. */
  readonly tripped: number;
}

const DEFAULTS: AgentConfig = { children: 8, stages: [6, 18], fresh: 30, seed: 1 };
const SOLVE = { vcalls: 25, cpuSeconds: 10, wallSeconds: 300 } as const;
const MODIFY = { vcalls: 12, cpuSeconds: 10, wallSeconds: 300 } as const;
const COMMAND = "agent";

/** Evolves agents and measures the best on tasks that none was evolved on. A run that was cut off goes on with `resume`, whatever cut it off. */
export async function improveAgents(options: ImproveAgentsOptions): Promise<ImproveAgentsReport> {
  // Before there is a run: where this fails, none shall be on record as failed.
  const sandbox = await openSandbox({
    ...(options.isolation === undefined ? {} : { prefer: options.isolation }),
    ...(options.unsafe === undefined ? {} : { unsafe: options.unsafe }),
  });
  const benchmark = loadBenchmark();
  if (options.resume === undefined) demandTasks(benchmark, { ...DEFAULTS, ...given(options) });
  const store = openState(join(options.state, "agents"));
  try {
    if (options.resume !== undefined) demandUnfinished(store, options.resume);
    const from = options.from === undefined ? baseAgent() : findAgent(store, options.from).files;
    const config: AgentConfig = { ...DEFAULTS, ...given(options) };
    const session =
      options.resume === undefined
        ? RunSession.create(store, COMMAND, config as unknown as Json)
        : RunSession.resume(store, options.resume);
    try {
      return await execute(session, sandbox, benchmark, from, options);
    } catch (error) {
      if (!isAbort(error, options.signal)) {
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
  sandbox: Sandbox,
  benchmark: Benchmark,
  from: AgentFiles,
  options: ImproveAgentsOptions,
): Promise<ImproveAgentsReport> {
  const config = session.config as unknown as AgentConfig;
  const { say = () => {}, signal = new AbortController().signal } = options;
  const first = (await session.observe("agent", async () => from as Json)) as AgentFiles;
  say(`run ${session.id}: ${config.children} children, tasks ${config.stages.join(" + ")}`);
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
    const setting: FreshSetting = {
      tasks: drawTasks(benchmark.fresh, config.fresh, rng.child("fresh")),
      limits: SOLVE,
      seed: config.seed + 1_000_000,
      house,
      bench,
      integrity,
      signal,
    };
    const best = archive.best();
    const report = {
      first: await measureFresh(session, "the first agent on fresh tasks", first, setting),
      best: await measureFresh(session, "the best agent on fresh tasks", best.files, setting),
      children: children.length,
      working: archive.size - 1,
      tripped: children.filter(({ tripped }) => tripped !== null).length,
    };
    const valid = report.first.tripped === null && report.best.tripped === null;
    const outcome = valid && report.best.solved > report.first.solved ? "improved" : "not-improved";
    session.journal.decide({ type: "finished", data: { outcome, best: best.id, result: report as unknown as Json } });
    return { run: session.id, ...report };
  } finally {
    await bench.close();
    await house.close();
  }
}

/** Throws a UsageError when a run asks for more tasks than there are. */
function demandTasks({ training, fresh }: Benchmark, config: AgentConfig): void {
  const wanted = config.stages.reduce((sum, n) => sum + n, 0);
  for (const [what, there, asked] of [
    ["stages", training.length, wanted],
    ["fresh", fresh.length, config.fresh],
  ] as const)
    if (asked > there)
      throw new UsageError({
        what: `${asked} tasks are asked for, and there are ${there}`,
        where: `--${what}`,
        todo: `Ask for ${there} at most.`,
      });
}

/** Throws a UsageError for a run that has nothing left to do; `pawl show` knows nothing of runs of agents. */
function demandUnfinished(store: Store, id: string): void {
  if (runState(store, id, recordOf(store, id)) !== "finished") return;
  throw new UsageError({
    what: `run ${id} is finished`,
    where: store.path,
    todo: "Look at its agents with `pawl agent list` and `pawl agent show <agent>`, or start a new run.",
  });
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
