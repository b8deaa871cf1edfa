import { join } from "node:path";
import { RunSession, type Json } from "@pawl/core";
import { openState } from "../execute.ts";
import { AgentHouse, type Work, type WorkLimits } from "./agent-process.ts";
import { TaskDesk, type VisibleTests } from "./desk.ts";
import type { Child } from "./evolve-agents.ts";
import type { Tripped } from "./planted.ts";
import type { ScoreCard } from "./score-card.ts";
import { agentHash, baseAgent, changedPaths, shortId, withChanges, type AgentFiles } from "./workspace.ts";

/** The base agent with another `solve`: for attacks. `head` comes before it, on the module's top level. */
export function agentThatSolvesBy(body: string, head = ""): AgentFiles {
  const text = `${head}\nexport async function solve(task, host) {\n${body}\n}\nexport async function modify() {\n  return {};\n}\n`;
  return withChanges(baseAgent(), { "workflow.js": text });
}

export const TASK_FILES = { "a.js": "export const twice = (n) => n + 1;\n" };

/** Tests that nothing passes. */
export const NO_TESTS: VisibleTests = {
  files: TASK_FILES,
  judge: async (batch) => batch.map(() => ({ status: "failed" as const, score: 0, failing: ["a"] })),
  suspects: async () => ({ "a.js": [1] }),
};

const LIMITS: WorkLimits = { vcalls: 3, cpuSeconds: 5, wallSeconds: 30 };

/** Has an agent solve one task, with what came of it. */
export async function solveWith(
  house: AgentHouse,
  files: AgentFiles,
  limits: Partial<WorkLimits> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<{ readonly work: Work; readonly desk: TaskDesk; readonly tripped: Tripped | null }> {
  const all = { ...LIMITS, ...limits };
  const agent = await house.start(files, signal);
  try {
    const desk = new TaskDesk(NO_TESTS, all.vcalls);
    const task = { files: TASK_FILES, score: 0 } as Json;
    const work = await agent.work("solve", task, [1, 2, 3, 4], desk, all, signal);
    return { work, desk, tripped: await agent.tripped() };
  } finally {
    await agent.kill();
  }
}

/**
 * Writes the record of a run in which each agent was changed into the next, as if they had been evaluated, each better than the one before. Resumable:
 * only the measurement at its end is left to do. Gives the ids of the children.
 */
export async function recordRun(
  state: string,
  first: AgentFiles,
  children: readonly AgentFiles[],
  { resumable = false } = {},
): Promise<readonly string[]> {
  const store = openState(join(state, "agents"));
  const config = { children: children.length, stages: [10], fresh: 1, seed: 1 };
  const session = RunSession.create(store, "agent", config);
  const idOf = (files: AgentFiles): string => shortId(agentHash(files));
  await session.observe("agent", async () => first as Json);
  await session.observe("first agent", async () => cardOf(0) as unknown as Json);
  for (let n = 1; n <= children.length; n += 2)
    await session.observe(`generation ${(n + 1) / 2}`, async () =>
      children.slice(n - 1, n + 1).map((files, i) => {
        const parent = children[n + i - 2] ?? first;
        const child: Child = {
          n: n + i,
          parent: idOf(parent),
          by: idOf(parent),
          brief: { about: "operators", text: "It may not know the edit.", task: null },
          id: idOf(files),
          changed: Object.fromEntries(changedPaths(parent, files).map((path) => [path, files[path] as string])),
          card: cardOf(n + i),
          working: true,
          why: null,
          tripped: null,
          vcalls: { modify: 1, evaluate: 1 },
          transcript: [],
        };
        return child as unknown as Json;
      }),
    );
  if (resumable) session.pause("for a test");
  session.close();
  store.close();
  return children.map(idOf);
}

function cardOf(solved: number): ScoreCard {
  const sides = { patched: true, vcalls: 1, of: 25, start: 0, best: 0, duplicates: 0, errors: 0, lines: [] };
  return {
    stages: 1,
    scores: Array.from({ length: 10 }, (_, i) => ({ task: `t${i}`, solved: i < solved, ended: "done", ...sides })),
  };
}
