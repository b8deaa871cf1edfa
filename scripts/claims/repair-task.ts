import { join } from "node:path";
import {
  Budget,
  Journal,
  judgedBase,
  parseBudget,
  runLoop,
  Target,
  type ArchiveEntry,
  type Search,
  type Submission,
} from "@pawl/core";
import { byPlausibility, repairGate } from "@pawl/improve";
import { Languages, suspiciousness, SyntaxProposer, type PriorModel, type Suspiciousness } from "@pawl/propose";
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
  /** Screened evaluations until the first kept patch that passes the hidden cases; null when there was none. */
  readonly firstHidden: number | null;
  /** Kept patches, and how many of them pass the hidden cases. */
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
const PATIENCE = 80;
const ENOUGH = 6;
const signal = new AbortController().signal;

/** Repairs one task of the corpus as `pawl fix` would, by its visible cases; then opens the hidden ones. */
export async function repairTask(task: RepairTask, setting: RepairSetting): Promise<TaskOutcome> {
  const started = performance.now();
  const snapshot = await takeSnapshot(join(task.dir, "buggy"));
  const visible = new FunctionCheck({
    sandbox: setting.sandbox,
    snapshot,
    judge: { module: task.module, cases: task.visible },
    lanes: 2,
  });
  try {
    const target = new Target(task.buggy, snapshot.hash);
    const proposer = new SyntaxProposer({
      languages: setting.languages,
      model: setting.model,
      sources: task.buggy,
      suspiciousness: await suspicionOf(task, visible, setting.languages),
    });
    const base = await visible.screen({ candidate: target.base, files: {} }, signal);
    const gate = repairGate(visible, { patience: PATIENCE, enough: ENOUGH });
    const keptAt = new Map<string, number>();
    const loop = await runLoop({
      target,
      check: visible,
      gate,
      search: setting.search(),
      proposer,
      base: judgedBase(target, base, gate),
      journal: new Journal([], { append: () => {} }),
      budget: new Budget(BUDGET),
      seed: setting.seed,
      window: 8,
      elapsed: () => (performance.now() - started) / 1000,
      signal,
      onProgress: ({ kept, screened }) => {
        const last = kept.at(-1);
        if (last !== undefined && !keptAt.has(last)) keptAt.set(last, screened);
      },
    });
    const seconds = (performance.now() - started) / 1000;
    const kept = loop.kept.map((id) => loop.archive.get(id) as ArchiveEntry).sort(byPlausibility(loop.archive));
    const good = new Set<string>();
    const hidden = new FunctionCheck({
      sandbox: setting.sandbox,
      snapshot,
      judge: { module: task.module, cases: task.hidden },
      lanes: 1,
    });
    try {
      for (const { candidate } of kept) {
        const verdict = await hidden.confirm(submission(target, candidate), signal);
        if (verdict.status === "passed") good.add(candidate.id);
      }
    } finally {
      await hidden.close();
    }
    const chosen = kept[0]?.candidate;
    const first = loop.kept.find((id) => good.has(id));
    return {
      task,
      visible: chosen !== undefined,
      hidden: chosen !== undefined && good.has(chosen.id),
      screened: loop.screened,
      seconds,
      firstHidden: first === undefined ? null : (keptAt.get(first) ?? null),
      kept: kept.length,
      keptHidden: good.size,
      operators: chosen?.origin.edits?.map((edit) => edit.operator) ?? [],
    };
  } finally {
    await visible.close();
    await removeSnapshot(snapshot);
  }
}

/** Suspiciousness of the task's lines, by its visible cases. */
export async function suspicionOf(
  task: RepairTask,
  check: FunctionCheck,
  languages: Languages,
): Promise<Suspiciousness> {
  const traces = await check.trace({ files: {} }, Object.keys(task.buggy));
  const failed = traces.filter((trace) => !trace.passed);
  return suspiciousness(
    task.buggy,
    {
      traces,
      stacks: failed.map(({ feedback }) =>
        feedback?.path === undefined || feedback.line === undefined
          ? []
          : [{ path: feedback.path, line: feedback.line }],
      ),
      words: failed.flatMap((trace) => [trace.id, trace.feedback?.message ?? ""]),
    },
    (path) => languages.of(path),
  );
}

export function submission(target: Target, candidate: Submission["candidate"]): Submission {
  return { candidate, files: target.filesOf(candidate) };
}
