export { loadRepairCorpus, loadRepairTask, withRepairs } from "./code-repair/corpus.ts";
export type { RepairFault, RepairTask } from "./code-repair/task-format.ts";
export {
  COMPOUND_OPERATORS,
  loadCompoundTasks,
  type CompoundFault,
  type CompoundTask,
} from "./code-repair/compound.ts";
export * from "./code-evolve/index.ts";
export { loadSpeedCorpus, type SpeedTask } from "./code-speed/corpus.ts";
export * from "./repo-issue/index.ts";
