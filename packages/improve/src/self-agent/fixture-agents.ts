import type { Json } from "@pawl/core";
import { AgentHouse, type Work, type WorkLimits } from "./agent-process.ts";
import { TaskDesk, type VisibleTests } from "./desk.ts";
import type { Tripped } from "./planted.ts";
import { baseAgent, withChanges, type AgentFiles } from "./workspace.ts";

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
): Promise<{ readonly work: Work; readonly desk: TaskDesk; readonly tripped: Tripped | null }> {
  const all = { ...LIMITS, ...limits };
  const agent = await house.start(files);
  try {
    const desk = new TaskDesk(NO_TESTS, all.vcalls);
    const work = await agent.work("solve", { files: TASK_FILES, score: 0 } as Json, [1, 2, 3, 4], desk, all);
    return { work, desk, tripped: await agent.tripped() };
  } finally {
    await agent.kill();
  }
}
