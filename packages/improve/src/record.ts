import { recordOf, Store, Target, UsageError, type Candidate, type Json, type RunEvent } from "@pawl/core";
import type { GitState } from "./git-state.ts";
import type { LogicalChange } from "./logical-changes.ts";
import { newFileRule, type NewFilePlan } from "./new-files.ts";
import type { RunResult } from "./results.ts";

/** What a run keeps of the project, so that its candidates can be shown and taken without it. */
export interface ProjectRecord {
  /** Absolute path of the project when the run started. */
  readonly root: string;
  /** Hash of the whole tree. */
  readonly tree: string;
  /** Texts of the editable files. */
  readonly sources: Readonly<Record<string, string>>;
  /** Null outside of git; not recorded by older versions. */
  readonly git?: GitState | null;
  /** Where files may be made; not recorded where none may. */
  readonly newFiles?: NewFilePlan;
  /** The tests' command, as a person would type it. */
  readonly testLine?: string;
}

/** A run as its events tell it. */
export interface RecordedRun {
  readonly id: string;
  readonly command: string;
  readonly config: Readonly<Record<string, Json>>;
  readonly events: readonly RunEvent[];
  readonly project: ProjectRecord | null;
  readonly candidates: ReadonlyMap<string, Candidate>;
  readonly result: RunResult | null;
  /** The candidate the run ended with. */
  readonly best: Candidate | null;
  /** What that candidate consists of, when it is more than one change. */
  readonly changes: readonly LogicalChange[] | null;
}

/** Opens the store of a project for reading; a project without one is an error that says how to get one. */
export function openExisting(state: string): Store {
  return Store.open(state, { create: false });
}

export function readRun(store: Store, id: string): RecordedRun {
  const events = recordOf(store, id);
  const start = events.find((event) => event.type === "started");
  const finished = events.findLast((event) => event.type === "finished");
  const candidates = new Map<string, Candidate>();
  for (const event of events)
    if (event.type === "proposed") candidates.set(event.data.candidate.id, event.data.candidate);
  const lastKept = events.findLast((event) => event.type === "confirmed" && event.data.kept);
  const bestId = finished?.data.best ?? (lastKept?.type === "confirmed" ? lastKept.data.candidate : null);
  return {
    id,
    command: start?.data.command ?? "?",
    config: (start?.data.config ?? {}) as Readonly<Record<string, Json>>,
    events,
    project: observed(store, events, "project") as unknown as ProjectRecord | null,
    candidates,
    result: (finished?.data.result as unknown as RunResult | undefined) ?? null,
    best: bestId === null ? null : (candidates.get(bestId) ?? null),
    changes: observed(store, events, "changes") as unknown as readonly LogicalChange[] | null,
  };
}

/** The run named, or the newest one. */
export function latestRun(state: string): string {
  const store = openExisting(state);
  try {
    const newest = store.runs()[0];
    if (newest === undefined)
      throw new UsageError({
        what: "no run was started here yet",
        where: state,
        todo: "Start one with `pawl fix`, `pawl speed` or `pawl evolve`.",
      });
    return newest.id;
  } finally {
    store.close();
  }
}

/** Value of an observation of a run, from its event or from the blob it points to; null when it was not made. */
export function observed(store: Store, events: readonly RunEvent[], name: string): Json | null {
  const event = events.find((each) => each.type === "observed" && each.data.name === name);
  if (event?.type !== "observed") return null;
  const value = event.data.value;
  if (value === null || typeof value !== "object" || !("$blob" in value)) return value;
  return JSON.parse(Buffer.from(store.getBlob(value.$blob as string)).toString("utf8")) as Json;
}

export function targetOf(project: ProjectRecord): Target {
  const { sources, tree, newFiles } = project;
  return new Target(sources, tree, newFiles === undefined ? undefined : newFileRule(newFiles));
}

/** A recorded candidate by its id, by the beginning of its id, or the run's best when none is named. */
export function candidateOf(run: RecordedRun, wanted?: string): Candidate {
  if (wanted === undefined) {
    if (run.best === null)
      throw new UsageError({
        what: `run ${run.id} has kept no candidate`,
        todo: `See what it tried with \`pawl show ${run.id}\`; a candidate can be named by its id.`,
      });
    return run.best;
  }
  const matches = [...run.candidates.values()].filter((candidate) => candidate.id.startsWith(wanted));
  if (matches.length !== 1)
    throw new UsageError({
      what: `${matches.length === 0 ? "no" : "more than one"} candidate of run ${run.id} begins with '${wanted}'`,
      todo: `\`pawl show ${run.id}\` lists them.`,
    });
  return matches[0] as Candidate;
}
