export { AgentArchive, type AgentNode } from "./agent-archive.ts";
export { readAgent, readAgentRuns, type AgentRun } from "./agent-record.ts";
export { AgentHouse, AgentProcess, type Work, type WorkLimits } from "./agent-process.ts";
export { Bench } from "./bench.ts";
export { diagnose, type Brief } from "./brief.ts";
export { TaskDesk, type Desk, type VisibleTests, type VisibleVerdict } from "./desk.ts";
export { evaluateAgent, type Evaluation } from "./evaluate.ts";
export { demandEqualBudgets, evolveAgents, type Child, type Evolution, type EvolutionPlan } from "./evolve-agents.ts";
export type { FreshScore } from "./fresh-measure.ts";
export { Integrity } from "./integrity.ts";
export { Planted, type Tripped } from "./planted.ts";
export type { AgentTask, Program, TaskKind } from "./programs.ts";
export { compareCards, isWorking, shareSolved, type ScoreCard, type TaskScore } from "./score-card.ts";
export { parentWeights, selectParents, type ParentRule } from "./select-parent.ts";
export { drawTasks, loadBenchmark, type Benchmark } from "./tasks.ts";
export {
  agentHash,
  baseAgent,
  changedPaths,
  changesCode,
  partsLibrary,
  readManifest,
  shortId,
  withChanges,
  type AgentFiles,
} from "./workspace.ts";
export { improveAgents, type ImproveAgentsOptions, type ImproveAgentsReport } from "./agent-runs.ts";
export { approveAgent, approvedAgent, asksEvolvedAgent, demandHonest, isApproved } from "./approval.ts";
export { SelfProposer, type SelfProposerOptions } from "./self-proposer.ts";
export { agentLineage, type AgentLineage } from "./lineage.ts";
