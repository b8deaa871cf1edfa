import { recordOf, runState, type RunEvent, type Store } from "@pawl/core";
import { patchOfCandidate } from "./patch.ts";
import { candidateOf, openExisting, readRun, targetOf, type ProjectRecord } from "./record.ts";
import type { AttemptLine, EvaluationCount, RunDetail, RunSummary } from "./results.ts";
import { UsageError } from "@pawl/core";

/** All runs of a project, newest first. */
export function listRuns(state: string): readonly RunSummary[] {
  const store = openExisting(state);
  try {
    return store.runs().map(({ id, created }) => summaryOf(store, id, created, recordOf(store, id)));
  } finally {
    store.close();
  }
}

/** One run with every attempt. */
export function showRun(state: string, id: string): RunDetail {
  const store = openExisting(state);
  try {
    const run = readRun(store, id);
    const created = store.runs().find((row) => row.id === id)?.created ?? 0;
    const stopped = run.events.find((event) => event.type === "stopped");
    return {
      ...summaryOf(store, id, created, run.events),
      config: run.config,
      result: run.result,
      attempts: attemptsOf(run.events),
      seconds: ((run.events.at(-1)?.at ?? created) - created) / 1000,
      reason: stopped?.type === "stopped" ? stopped.data.reason : null,
    };
  } finally {
    store.close();
  }
}

/** Unified diff of the run's best candidate, or of a named one. */
export function patchOf(state: string, id: string, candidate?: string): string {
  const store = openExisting(state);
  try {
    const run = readRun(store, id);
    return patchOfCandidate(targetOf(projectOf(run.project, id)), candidateOf(run, candidate));
  } finally {
    store.close();
  }
}

export function projectOf(project: ProjectRecord | null, id: string): ProjectRecord {
  if (project === null)
    throw new UsageError({ what: `run ${id} ended before it had read the project`, todo: "Start a new run." });
  return project;
}

/** Asks the process that works on the run to pause it. False when no process does. */
export function stopRun(state: string, id: string): boolean {
  const store = openExisting(state);
  try {
    if (runState(store, id, recordOf(store, id)) !== "running") return false;
    process.kill((store.owner(id) as { pid: number }).pid, "SIGINT");
    return true;
  } finally {
    store.close();
  }
}

function summaryOf(store: Store, id: string, created: number, events: readonly RunEvent[]): RunSummary {
  const start = events.find((event) => event.type === "started");
  const finished = events.findLast((event) => event.type === "finished");
  return {
    run: id,
    command: start?.type === "started" ? start.data.command : "?",
    state: runState(store, id, events),
    outcome: finished?.type === "finished" ? finished.data.outcome : null,
    started: new Date(created).toISOString(),
    evaluations: countOf(events),
  };
}

function countOf(events: readonly RunEvent[]): EvaluationCount {
  let screened = 0;
  let confirmed = 0;
  for (const event of events) {
    if (event.type === "judged") screened += 1;
    if (event.type === "confirmed") confirmed += 1;
  }
  return { screened, confirmed };
}

function attemptsOf(events: readonly RunEvent[]): readonly AttemptLine[] {
  const lines = new Map<number, AttemptLine>();
  for (const event of events) {
    if (event.type === "proposed") {
      const { n, candidate } = event.data;
      const logProbability = candidate.origin.answer?.meanLogProbability;
      lines.set(n, {
        n,
        candidate: candidate.id,
        summary: candidate.origin.summary,
        status: "in flight",
        scores: {},
        confirmed: false,
        kept: false,
        ...(logProbability === undefined ? {} : { logProbability }),
      });
    } else if (event.type === "judged" || event.type === "confirmed") {
      const line = lines.get(event.data.n);
      if (line === undefined) continue;
      const means = Object.fromEntries(
        Object.entries(event.data.scores).map(([name, values]) => [
          name,
          values.reduce((sum, value) => sum + value, 0) / values.length,
        ]),
      );
      lines.set(line.n, {
        ...line,
        status: event.data.status,
        scores: means,
        confirmed: event.type === "confirmed",
        kept: event.type === "confirmed" && event.data.kept,
      });
    }
  }
  return [...lines.values()];
}
