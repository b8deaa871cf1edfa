import type { ChangedFiles } from "@pawl/core";
import { candidateOf, openExisting, readRun, targetOf, type ProjectRecord, type RecordedRun } from "./record.ts";
import { projectOf } from "./runs.ts";

/** A candidate of a run with everything that is needed to put it somewhere. */
export interface TakenResult {
  readonly run: RecordedRun;
  readonly project: ProjectRecord;
  /** Full texts of the files the candidate changes. */
  readonly files: ChangedFiles;
  readonly summary: string;
}

/** Reads a run's best candidate, or the one that is named, from the record. */
export function takeResult(state: string, id: string, wanted?: string): TakenResult {
  const store = openExisting(state);
  try {
    const run = readRun(store, id);
    const project = projectOf(run.project, id);
    const candidate = candidateOf(run, wanted);
    return { run, project, files: targetOf(project).filesOf(candidate), summary: candidate.origin.summary };
  } finally {
    store.close();
  }
}
