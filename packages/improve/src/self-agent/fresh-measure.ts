import type { Json, RunSession } from "@pawl/core";
import type { AgentHouse, WorkLimits } from "./agent-process.ts";
import type { Bench } from "./bench.ts";
import { evaluateAgent, type Evaluation } from "./evaluate.ts";
import type { Integrity } from "./integrity.ts";
import type { Tripped } from "./planted.ts";
import type { AgentTask } from "./programs.ts";
import { agentHash, shortId, type AgentFiles } from "./workspace.ts";

/** What an agent solves of tasks that none was evolved on. */
export interface FreshScore {
  readonly agent: string;
  readonly solved: number;
  readonly of: number;
  /** The canary it touched meanwhile: then nothing of the score counts. An agent can tell these tasks from those it was evolved on. */
  readonly tripped: Tripped | null;
}

export interface FreshSetting {
  readonly tasks: readonly AgentTask[];
  readonly limits: WorkLimits;
  /** Another one than the run's: what was chosen for its scores must not have been lucky twice by the same numbers. */
  readonly seed: number;
  readonly house: AgentHouse;
  readonly bench: Bench;
  readonly integrity: Integrity;
  readonly signal: AbortSignal;
}

/** Measures an agent once; from then on the record of the run answers. */
export async function measureFresh(
  session: RunSession,
  name: string,
  files: AgentFiles,
  { tasks, limits, seed, house, bench, integrity, signal }: FreshSetting,
): Promise<FreshScore> {
  const evaluation = (await session.observe(name, async () => {
    const terms = { stages: [tasks], known: [], limits, seed, confirm: true };
    const found = await evaluateAgent(files, house, bench, terms, signal);
    integrity.check();
    return found as unknown as Json;
  })) as unknown as Evaluation;
  const { card, tripped } = evaluation;
  const solved = card.scores.filter((score) => score.solved).length;
  return { agent: shortId(agentHash(files)), solved, of: tasks.length, tripped };
}

/** The canary that an agent touched when it was measured on fresh tasks, in any of these runs. */
export function freshCanary(
  runs: readonly { readonly report: { readonly first: FreshScore; readonly best: FreshScore } | null }[],
  id: string,
): Tripped | null {
  const scores = runs.flatMap(({ report }) => (report === null ? [] : [report.first, report.best]));
  return scores.find(({ agent, tripped }) => agent === id && tripped)?.tripped ?? null;
}
