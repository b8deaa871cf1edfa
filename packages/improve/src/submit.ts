import { setTimeout as wait } from "node:timers/promises";
import { recordOf, runState, UsageError, type CandidateId, type Feedback, type Status } from "@pawl/core";
import { ignoredByGit } from "@pawl/verify";
import { applyPatch, parsePatch } from "diff";
import { handIn, openCall } from "./inbox.ts";
import { openExisting, readRun, targetOf, type ProjectRecord } from "./record.ts";
import { projectOf } from "./runs.ts";

/** A change against the files the run started from: a unified diff, or whole texts of files by project-relative path. */
export type SubmittedChange = { readonly patch: string } | { readonly files: Readonly<Record<string, string>> };

/** What the judge said of a submitted change. */
export interface SubmissionVerdict {
  readonly run: string;
  readonly candidate: CandidateId;
  readonly status: Status;
  /** True when it was confirmed in a fresh box. */
  readonly kept: boolean;
  readonly reason: string;
  /** Tests that do not pass with it. */
  readonly failing: readonly string[];
  /** Measurements of each score, by name. */
  readonly scores: Readonly<Record<string, readonly number[]>>;
  readonly feedback: readonly Feedback[];
}

const POLL_MS = 100;

/**
 * Hands a change to a run that waits for one (`--proposer human`), and waits for the verdict, which is made as for any other candidate. What
 * does not apply, or changes what may not change, is a UsageError with the reason; the run then still waits.
 */
export async function submit(
  options: { readonly state: string; readonly run: string; readonly signal?: AbortSignal } & SubmittedChange,
): Promise<SubmissionVerdict> {
  const { state, run } = options;
  const signal = options.signal ?? new AbortController().signal;
  const store = openExisting(state);
  try {
    const alive = (): boolean => runState(store, run, recordOf(store, run)) === "running";
    if (!alive())
      throw new UsageError({
        what: `run ${run} is not running`,
        where: state,
        todo: `Start one with \`--proposer human\`, or go on with this one: \`pawl resume ${run}\`.`,
      });
    const project = projectOf(readRun(store, run).project, run);
    const { sources } = project;
    const files = "files" in options ? options.files : filesOfPatch(options.patch, sources);
    await demandAllowed(Object.keys(files), project);
    while (openCall(state, run) === null && alive()) await wait(POLL_MS, undefined, { signal });
    const receipt = await handIn(state, run, { ...sources, ...files }, signal);
    if ("refused" in receipt)
      throw new UsageError({
        what: `the change was not taken: ${receipt.refused}`,
        where: run,
        todo: "Change it and submit again.",
      });
    for (;;) {
      const ended = !alive();
      // The next question is asked when the verdict on the last answer is out, its confirmation included.
      const asksOn = (openCall(state, run)?.n ?? -1) > receipt.taken;
      const verdict = verdictOf(run, recordOf(store, run), receipt.taken);
      if (verdict !== null && (verdict.final || ended || asksOn)) {
        const { final: _final, ...word } = verdict;
        return word;
      }
      if (ended)
        throw new UsageError({
          what: `run ${run} ended before there was a verdict`,
          where: state,
          todo: `Go on with \`pawl resume ${run}\`.`,
        });
      await wait(POLL_MS, undefined, { signal });
    }
  } finally {
    store.close();
  }
}

/** The verdict on request n as far as it is on record; final when nothing can follow it. */
function verdictOf(
  run: string,
  events: ReturnType<typeof recordOf>,
  n: number,
): (SubmissionVerdict & { readonly final: boolean }) | null {
  const judged = events.find((event) => event.type === "judged" && event.data.n === n);
  const confirmed = events.find((event) => event.type === "confirmed" && event.data.n === n);
  const event = confirmed ?? judged;
  if (event?.type !== "judged" && event?.type !== "confirmed") return null;
  const { candidate, status, failing = [], scores } = event.data;
  const screened = status === "passed" ? "its first measurement promises no gain" : "it was screened";
  return {
    run,
    candidate,
    status,
    kept: event.type === "confirmed" && event.data.kept,
    reason: event.type === "confirmed" ? event.data.reason : screened,
    failing,
    scores,
    feedback: event.meta?.feedback ?? [],
    final: event.type === "confirmed" || status !== "passed",
  };
}

/** Texts of the files that a patch leaves. @throws UsageError when it does not apply */
function filesOfPatch(text: string, sources: Readonly<Record<string, string>>): Record<string, string> {
  const files: Record<string, string> = {};
  for (const part of patchesIn(text)) {
    const path = nameIn(part.newFileName ?? part.oldFileName ?? "");
    if (path === "/dev/null")
      throw new UsageError({
        what: "files are not deleted",
        where: nameIn(part.oldFileName ?? ""),
        todo: "Leave it out of the patch.",
      });
    const after = applyPatch(files[path] ?? sources[path] ?? "", part);
    if (after === false)
      throw new UsageError({
        what: `the patch does not apply to ${path}`,
        where: path,
        todo: "Make it against the files as they were when the run started: `git diff` in an unchanged work tree.",
      });
    files[path] = after;
  }
  if (Object.keys(files).length > 0) return files;
  throw new UsageError({
    what: "there is no change in the patch",
    todo: "Give a unified diff, as `git diff` prints it.",
  });
}

function patchesIn(text: string): ReturnType<typeof parsePatch> {
  try {
    return parsePatch(text).filter((part) => part.hunks.length > 0);
  } catch (cause) {
    throw new UsageError({
      what: `the patch cannot be read: ${(cause as Error).message}`,
      todo: "Give a unified diff, as `git diff` prints it.",
      cause,
    });
  }
}

/** Without git's `a/` and `b/`. */
function nameIn(name: string): string {
  return name.replace(/^[ab]\//, "");
}

/** @throws UsageError for a path that may be neither changed nor made */
async function demandAllowed(paths: readonly string[], project: ProjectRecord): Promise<void> {
  const target = targetOf(project);
  const refuse = (path: string, reason: string): UsageError =>
    new UsageError({
      what: `${path}: ${reason}`,
      where: path,
      todo: `These may be changed: ${target.editable.slice(0, 20).join(", ")}.`,
    });
  for (const path of paths) {
    const reason = target.refuses(path);
    if (reason !== null) throw refuse(path, reason);
  }
  const made = paths.filter((path) => project.sources[path] === undefined);
  for (const path of await ignoredByGit(project.root, made)) throw refuse(path, "git ignores it");
}
