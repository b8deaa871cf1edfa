import { join } from "node:path";
import { parseBudget, type Search } from "@pawl/core";
import { repairFunction } from "@pawl/improve";
import type { Languages, PriorModel } from "@pawl/propose";
import { FunctionCheck, removeSnapshot, takeSnapshot, type Sandbox } from "@pawl/verify";
import type { RepairTask } from "@pawl/worlds";

export interface TaskOutcome {
  readonly task: RepairTask;
  /** A patch was chosen that passes the visible cases in a fresh box. */
  readonly visible: boolean;
  /** The chosen patch passes the hidden cases, too. */
  readonly hidden: boolean;
  readonly screened: number;
  readonly seconds: number;
  /** Screened evaluations until the first patch that passes the hidden cases; null when there was none. */
  readonly firstHidden: number | null;
  /** Patches that pass the visible cases, and how many of them pass the hidden ones. */
  readonly kept: number;
  readonly keptHidden: number;
  readonly operators: readonly string[];
}

export interface RepairSetting {
  readonly sandbox: Sandbox;
  readonly languages: Languages;
  readonly model: PriorModel;
  readonly search: () => Search;
  readonly seed: number;
}

const BUDGET = parseBudget("2000,60s");
const signal = new AbortController().signal;

/** Repairs one task of the corpus by its visible cases; then opens the hidden ones. */
export async function repairTask(task: RepairTask, setting: RepairSetting): Promise<TaskOutcome> {
  const started = performance.now();
  const { sandbox } = setting;
  const snapshot = await takeSnapshot(join(task.dir, "buggy"));
  try {
    const { chosen, patches, screened } = await repairFunction({
      ...setting,
      search: setting.search(),
      snapshot,
      module: task.module,
      cases: task.visible,
      sources: task.buggy,
      budget: BUDGET,
    });
    const seconds = (performance.now() - started) / 1000;
    const judge = { module: task.module, cases: task.hidden };
    const hidden = new FunctionCheck({ sandbox, snapshot, judge, lanes: 1 });
    const good = [];
    try {
      for (const patch of patches) {
        // The chosen one in a fresh box; the others are only counted.
        const verdict = patch === chosen ? await hidden.confirm(patch, signal) : await hidden.screen(patch, signal);
        if (verdict.status === "passed") good.push(patch);
      }
    } finally {
      await hidden.close();
    }
    return {
      task,
      visible: chosen !== null,
      hidden: chosen !== null && good.includes(chosen),
      screened,
      seconds,
      firstHidden: good.length === 0 ? null : Math.min(...good.map((patch) => patch.foundAt)),
      kept: patches.length,
      keptHidden: good.length,
      operators: chosen?.operators ?? [],
    };
  } finally {
    await removeSnapshot(snapshot);
  }
}
