import { suspicionByCases } from "@pawl/improve";
import type { Languages, Suspiciousness } from "@pawl/propose";
import { FunctionCheck, snapshotOfTexts, type Sandbox } from "@pawl/verify";
import { withRepairs, type RepairTask } from "@pawl/worlds";

/** A task once for each of its faults, with all others repaired. */
export function singleFaultVariants(task: RepairTask): readonly RepairTask[] {
  if (task.faults.length === 1) return [task];
  return task.faults.map((fault, which) => {
    const others = task.faults.flatMap((_, position) => (position === which ? [] : [position]));
    return { ...task, buggy: withRepairs(task, others), faults: [fault] };
  });
}

/** So that a busy machine is not taken for an endless loop. */
const LONG_MS = 8000;

/** Puts a task's faulty files into a folder and opens a check of its visible cases over it. */
export async function withVisibleCases<T>(
  task: RepairTask,
  sandbox: Sandbox,
  languages: Languages,
  use: (check: FunctionCheck, suspiciousness: Suspiciousness) => Promise<T>,
): Promise<T> {
  const { snapshot, remove } = await snapshotOfTexts(task.buggy);
  const check = new FunctionCheck({
    sandbox,
    snapshot,
    judge: { module: task.module, cases: task.visible },
    lanes: 1,
    timeoutMs: LONG_MS,
  });
  try {
    return await use(check, await suspicionByCases(check, task.buggy, languages));
  } finally {
    await check.close();
    await remove();
  }
}
