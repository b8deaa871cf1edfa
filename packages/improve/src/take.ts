import type { Candidate, ChangedFiles } from "@pawl/core";
import { candidateOf, openExisting, readRun, targetOf, type ProjectRecord, type RecordedRun } from "./record.ts";
import type { LogicalChange } from "./logical-changes.ts";
import { projectOf } from "./runs.ts";

/** A candidate of a run with everything that is needed to put it somewhere. */
export interface TakenResult {
  readonly run: RecordedRun;
  readonly project: ProjectRecord;
  /** Full texts of the files the candidate changes. */
  readonly files: ChangedFiles;
  /** What was changed, step by step, in words. */
  readonly summary: string;
  /** The parts of the run's best candidate, each verified alone; null when it is one change, or another candidate. */
  readonly changes: readonly LogicalChange[] | null;
}

/** Reads a run's best candidate, or the one that is named, from the record. */
export function takeResult(state: string, id: string, wanted?: string): TakenResult {
  const store = openExisting(state);
  try {
    const run = readRun(store, id);
    const project = projectOf(run.project, id);
    const candidate = candidateOf(run, wanted);
    const changes = candidate === run.best ? run.changes : null;
    return { run, project, files: targetOf(project).filesOf(candidate), summary: summaryOf(run, candidate), changes };
  } finally {
    store.close();
  }
}

/** The steps from the base to the candidate: each describes itself alone. */
function summaryOf({ candidates }: RecordedRun, candidate: Candidate): string {
  const steps: string[] = [];
  const seen = new Set<string>();
  for (let step: Candidate | undefined = candidate; step !== undefined && !seen.has(step.id);) {
    seen.add(step.id);
    steps.unshift(step.origin.summary);
    // A candidate with two parents is described by its own words.
    step = step.parents.length === 1 ? candidates.get(step.parents[0] as string) : undefined;
  }
  return steps.join("; ");
}
