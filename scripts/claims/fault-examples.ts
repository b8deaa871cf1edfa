import { readFileSync } from "node:fs";
import type { FaultClass } from "@pawl/core";
import {
  evidenceOf,
  FaultClassifier,
  type FaultCounts,
  type Kinds,
  type Languages,
  type PriorModel,
  type Suspiciousness,
} from "@pawl/propose";
import type { Sandbox } from "@pawl/verify";
import type { RepairTask } from "@pawl/worlds";
import { singleFaultVariants, withVisibleCases } from "../single-faults.ts";

/** One fault with what its visible cases show. */
export interface FaultExample {
  readonly task: string;
  readonly kind: FaultClass;
  readonly sources: Readonly<Record<string, string>>;
  readonly suspiciousness: Suspiciousness;
  readonly evidence: readonly string[];
}

export function priorModel(): PriorModel {
  return JSON.parse(
    readFileSync(new URL("../../packages/propose/data/prior.json", import.meta.url), "utf8"),
  ) as PriorModel;
}

export function faultCounts(): FaultCounts {
  return JSON.parse(
    readFileSync(new URL("../../packages/propose/data/fault-classes.json", import.meta.url), "utf8"),
  ) as FaultCounts;
}

/** Runs the visible cases on a task of one fault; null when they pass. */
export async function exampleOf(
  task: RepairTask,
  sandbox: Sandbox,
  languages: Languages,
): Promise<FaultExample | null> {
  const [fault] = singleFaultVariants(task).length === 1 ? task.faults : [];
  if (fault === undefined) return null;
  return withVisibleCases(task, sandbox, languages, async (check, suspiciousness) => {
    const candidate = { id: "base", changes: [], parents: [], origin: { proposer: "base", summary: "" } };
    const verdict = await check.screen({ candidate, files: {} }, new AbortController().signal);
    if (verdict.status === "passed") return null;
    return { task: task.id, kind: fault.class, sources: task.buggy, suspiciousness, evidence: evidenceOf(verdict) };
  });
}

export function kindsOf(example: FaultExample, languages: Languages, counts: FaultCounts, model = priorModel()): Kinds {
  return new FaultClassifier(languages, model, counts).classify(example);
}

/** 1 for the likeliest kind. Kinds of equal probability share their places by name. */
export function rankOf(kinds: Kinds, kind: FaultClass): number {
  const order = Object.entries(kinds).toSorted(([x, a], [y, b]) => b - a || (x < y ? -1 : 1));
  return order.findIndex(([each]) => each === kind) + 1;
}
