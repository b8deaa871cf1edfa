import type { ChangedFiles } from "@pawl/core";
import type { FunctionCase } from "@pawl/verify";
import { loadRepairCorpus, type RepairTask } from "@pawl/worlds";

/** A correct piece of code with the cases that say so. Faults are put into it to make tasks. */
export interface Program {
  readonly id: string;
  /** Relative to the program's own folder, as all its paths. */
  readonly module: string;
  readonly files: ChangedFiles;
  readonly visible: readonly FunctionCase[];
  readonly hidden: readonly FunctionCase[];
}

export type TaskKind = "corpus" | "injected" | "compound" | "self-repair";

/** What an agent has to repair: a program with faults in it. */
export interface AgentTask {
  readonly id: string;
  readonly kind: TaskKind;
  readonly program: string;
  /** All texts of the program, faulty. */
  readonly files: ChangedFiles;
}

/** The programs of the code-repair world in JavaScript and TypeScript, as they are when repaired. */
export function corpusPrograms(
  split: RepairTask["split"],
): readonly { readonly program: Program; readonly task: RepairTask }[] {
  return (["javascript", "typescript"] as const)
    .flatMap((language) => loadRepairCorpus({ language, split }))
    .map((task) => ({
      task,
      program: {
        id: task.id,
        module: task.module,
        files: task.fixed,
        visible: task.visible as readonly FunctionCase[],
        hidden: task.hidden as readonly FunctionCase[],
      },
    }));
}
