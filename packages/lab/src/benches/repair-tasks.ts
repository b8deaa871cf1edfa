import { loadCompoundTasks, loadRepairCorpus, type RepairTask } from "@pawl/worlds";
import type { BenchTask } from "./repair-setup.ts";

/** Programs with several faults, and with one. */
export interface TaskClasses {
  readonly compound: readonly BenchTask[];
  readonly single: readonly BenchTask[];
}

export interface TaskRule {
  /** At most so many of a class, evenly spread over the list in the order of their ids. */
  readonly most: number;
}

/**
 * Tasks of the half of the code-repair world on which nothing was learned. Which of them are taken follows from their ids alone, never from how
 * anything fared on them.
 */
export function testTasks(rule: TaskRule): TaskClasses {
  return tasksOf("test", rule);
}

/** The same of the other half, to learn on. */
export function trainTasks(rule: TaskRule): TaskClasses {
  return tasksOf("train", rule);
}

function tasksOf(half: RepairTask["split"], { most }: TaskRule): TaskClasses {
  const own = <T extends BenchTask & Pick<RepairTask, "split">>(tasks: readonly T[]): readonly T[] =>
    tasks.filter(({ split }) => split === half).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const single = own(loadRepairCorpus()).filter(({ faults }) => faults.length === 1);
  return { compound: spread(own(loadCompoundTasks()), most), single: spread(single, most) };
}

/** At most `most` items, evenly spread, in their order. */
export function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)] as T);
}
