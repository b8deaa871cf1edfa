import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXIT, PawlError, RunSession, Store, UsageError, type Json } from "@pawl/core";
import type { ProjectSnapshot } from "@pawl/verify";
import { isAbort } from "./aborted.ts";
import type { RunOptions } from "./options.ts";
import type { ProjectRecord } from "./record.ts";

/** The run was paused by the caller's signal; its state is saved. */
export class InterruptedError extends PawlError {
  readonly run: string;

  constructor(run: string) {
    super({ what: `run ${run} is paused`, todo: `Go on with \`pawl resume ${run}\`.`, exitCode: EXIT.interrupted });
    this.run = run;
  }
}

export function stateFolder(options: Pick<RunOptions, "root" | "state">): string {
  return options.state ?? join(options.root, ".pawl");
}

/** Opens the project's store; a new one is kept out of git. */
export function openState(folder: string): Store {
  const store = Store.open(folder);
  const ignore = join(folder, ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  return store;
}

/** A run goes on only where it began: on the same files. */
export function demandUnchanged(snapshot: ProjectSnapshot, plan: ProjectRecord): void {
  if (snapshot.hash === plan.tree) return;
  throw new UsageError({
    what: "the project changed since the run started",
    where: plan.root,
    todo: "Restore the files as they were, or start a new run.",
  });
}

export interface RunStart {
  /** Of the project's store. */
  readonly folder: string;
  readonly command: string;
  readonly config: Json;
  /** What the body listens to. */
  readonly signal?: AbortSignal | undefined;
}

/** Starts a run and executes it. A pause, a failure and the end are all on record when this returns or throws. */
export async function startRun<T>(
  { folder, command, config, signal }: RunStart,
  body: (session: RunSession) => Promise<T>,
): Promise<T> {
  const store = openState(folder);
  try {
    return await executeSession(RunSession.create(store, command, config), signal, body);
  } finally {
    store.close();
  }
}

/** Executes a session's body and writes how it ended, if it did not finish: it is paused when `signal` called it off. */
export async function executeSession<T>(
  session: RunSession,
  signal: AbortSignal | undefined,
  body: (session: RunSession) => Promise<T>,
): Promise<T> {
  try {
    return await body(session);
  } catch (error) {
    if (isAbort(error, signal)) {
      session.pause("interrupted");
      throw new InterruptedError(session.id);
    }
    failQuietly(session, error);
    throw error;
  } finally {
    session.close();
  }
}

/** The reason of a failure goes on record, unless the record itself is what failed (a full disk). */
function failQuietly(session: RunSession, error: unknown): void {
  try {
    session.fail(error instanceof Error ? error.message : String(error));
  } catch {
    // The error that is thrown tells more than this one.
  }
}
