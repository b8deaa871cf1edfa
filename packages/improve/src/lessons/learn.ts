import type { Candidate, EditNote, RunEvent, Store, Target } from "@pawl/core";
import { unifiedDiff } from "../patch.ts";
import { learnLesson, type Situation, type TriedKind } from "./lesson.ts";
import { changedCode } from "./situation.ts";

const MOST_KINDS = 8;
const MOST_MESSAGES = 3;

/** What is needed of a run to learn from it. */
export interface Learned {
  readonly run: string;
  readonly situation: Situation;
  readonly target: Target;
  /** Elementary changes of every candidate that did not pass. */
  readonly failed: readonly EditNote[];
  /** Those of the repair, along its whole lineage. */
  readonly repair: readonly EditNote[];
  readonly best: Candidate | null;
}

/** Writes down what a run has taught. A run that tried nothing teaches nothing. */
export function learnFrom(store: Store, { run, situation, target, failed, repair, best }: Learned): void {
  if (failed.length === 0 && best === null) return;
  const files = best === null ? {} : target.filesOf(best);
  const before = Object.fromEntries(Object.keys(files).map((path) => [path, target.baseText(path)]));
  learnLesson(store, situation, {
    run,
    symptom: situation.failures.slice(0, MOST_MESSAGES).map(({ message }) => message),
    code: best === null ? "" : changedCode(target, best),
    failed: kindsOf(failed, "failed").slice(0, MOST_KINDS),
    repair: kindsOf(repair, "passed"),
    summary: best?.origin.summary ?? "",
    patch: best === null ? "" : unifiedDiff(before, files),
  });
}

/** Edits of a recorded run that did not pass. */
export function failedEdits(events: readonly RunEvent[]): readonly EditNote[] {
  const notes = new Map<string, readonly EditNote[]>();
  const failed: EditNote[] = [];
  for (const event of events) {
    if (event.type === "proposed") notes.set(event.data.candidate.id, event.data.candidate.origin.edits ?? []);
    else if (event.type === "judged" && ["failed", "error", "timeout"].includes(event.data.status))
      failed.push(...(notes.get(event.data.candidate) ?? []));
  }
  return failed;
}

/** By operator and node kind, the most frequent first. */
function kindsOf(notes: readonly EditNote[], outcome: string): readonly TriedKind[] {
  const counts = new Map<string, TriedKind>();
  for (const { operator, nodeKind } of notes) {
    const key = `${operator} ${nodeKind}`;
    counts.set(key, { operator, nodeKind, outcome, times: (counts.get(key)?.times ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.times - a.times || (a.operator < b.operator ? -1 : 1));
}
