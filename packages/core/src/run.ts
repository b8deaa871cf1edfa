import { readFileSync } from "node:fs";
import { MachineError, UsageError } from "./errors.ts";
import { isLifecycle, type EventBody, type RunEvent } from "./events.ts";
import { Journal, type EventSink } from "./journal.ts";
import type { Json } from "./json.ts";
import type { Store } from "./store.ts";

/** One execution of a run by this process: new, going on after a pause or a crash, or a replay that writes nothing. */
export class RunSession implements EventSink {
  readonly id: string;
  readonly store: Store;
  readonly journal: Journal;
  /** What the run was started with. */
  readonly config: Json;
  readonly #writes: boolean;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #secondsBefore: number;
  #seq: number;

  private constructor(
    store: Store,
    id: string,
    config: Json,
    recorded: readonly RunEvent[],
    writes: boolean,
    now: () => number,
  ) {
    this.store = store;
    this.id = id;
    this.config = config;
    this.#writes = writes;
    this.#now = now;
    this.#startedAt = now();
    this.#secondsBefore = secondsUsed(recorded);
    this.#seq = recorded.length;
    this.journal = new Journal(recorded, writes ? this : null, {
      keep: (value) => this.#keep(value),
      load: (value) => this.#load(value),
    });
  }

  /** Registers a new run and writes its first event. */
  static create(store: Store, command: string, config: Json, now: () => number = Date.now): RunSession {
    // In one transaction: a process killed in between would leave a run that nobody can resume.
    return store.transaction(() => {
      const id = store.createRun(command, now());
      takeRun(store, id);
      const session = new RunSession(store, id, config, [], true, now);
      session.journal.decide({ type: "started", data: { command, config } });
      return session;
    });
  }

  /** Goes on with a run that was paused or killed. The caller executes the run's code again; the journal fast-forwards it. */
  static resume(store: Store, id: string, now: () => number = Date.now): RunSession {
    const recorded = recordOf(store, id);
    if (recorded.some((event) => event.type === "finished")) {
      throw new UsageError({
        what: `run ${id} is finished`,
        where: store.path,
        todo: `Look at it with \`pawl show ${id}\`, or start a new run.`,
      });
    }
    takeRun(store, id);
    const session = new RunSession(store, id, startOf(recorded, id).config, recorded, true, now);
    session.append({ type: "resumed", data: { reason: "resume" } });
    session.#passStart(recorded, id);
    return session;
  }

  /** Executes a recorded run again without writing anything. */
  static replay(store: Store, id: string, now: () => number = Date.now): RunSession {
    const recorded = recordOf(store, id);
    const session = new RunSession(store, id, startOf(recorded, id).config, recorded, false, now);
    session.#passStart(recorded, id);
    return session;
  }

  append(event: EventBody): void {
    if (!this.#writes) throw new Error("a replay writes nothing");
    this.store.append(this.id, this.#seq + 1, this.#now(), event);
    this.#seq += 1;
  }

  /** Seconds of work on this run, this session included. */
  elapsed(): number {
    return this.#secondsBefore + (this.#now() - this.#startedAt) / 1000;
  }

  /** Reads something from outside once; from then on the record answers. */
  async observe<T extends Json>(name: string, read: () => Promise<T>): Promise<T> {
    const recorded = this.journal.recall("observed");
    if (recorded !== null) {
      if (recorded.data.name !== name)
        throw new MachineError({
          what: `the record of run ${this.id} has '${recorded.data.name}' where '${name}' was expected`,
          where: this.store.path,
          todo: "This version of Pawl cannot go on with the run: start a new one.",
        });
      return this.#load(recorded.data.value) as T;
    }
    const value = await read();
    this.journal.write({ type: "observed", data: { name, value: this.#keep(value) } });
    return value;
  }

  /** Says in the record when the search goes on after what was recorded before. */
  searching(): void {
    if (this.#writes) this.append({ type: "searching", data: {} });
  }

  /** Ends this process's work on the run with a word in the record; the run can be resumed. */
  pause(reason: string): void {
    if (this.#writes) this.append({ type: "paused", data: { reason } });
  }

  fail(reason: string): void {
    if (this.#writes) this.append({ type: "failed", data: { reason } });
  }

  /** Gives the run back. Call it in any case at the end. */
  close(): void {
    if (this.#writes) this.store.dropOwnership(this.id);
  }

  #passStart(recorded: readonly RunEvent[], id: string): void {
    const start = startOf(recorded, id);
    this.journal.decide({ type: "started", data: start });
  }

  /** Values larger than a few kilobytes live in the blob table. */
  #keep(value: Json): Json {
    const text = JSON.stringify(value);
    return text.length <= 4096 ? value : { $blob: this.store.putBlob(text) };
  }

  #load(value: Json): Json {
    if (value === null || typeof value !== "object" || !("$blob" in value)) return value;
    return JSON.parse(Buffer.from(this.store.getBlob(value.$blob as string)).toString("utf8")) as Json;
  }
}

/** Events of a run; an unknown run is an error that names the known ones. */
export function recordOf(store: Store, id: string): readonly RunEvent[] {
  if (!store.hasRun(id)) {
    const known = store
      .runs()
      .slice(0, 5)
      .map((run) => run.id);
    throw new UsageError({
      what: `there is no run '${id}'`,
      where: store.path,
      todo:
        known.length === 0
          ? "No run was started here yet."
          : `Latest runs: ${known.join(", ")}. All of them: \`pawl runs\`.`,
    });
  }
  return store.events(id);
}

function startOf(recorded: readonly RunEvent[], id: string): { readonly command: string; readonly config: Json } {
  const first = recorded[0];
  if (first?.type !== "started")
    throw new MachineError({
      what: `the record of run ${id} has no beginning`,
      todo: "The process ended before anything was stored; start a new run.",
    });
  return first.data;
}

/** Seconds between the first and the last event of every session, added up. */
function secondsUsed(events: readonly RunEvent[]): number {
  let total = 0;
  let from: number | null = null;
  let last = 0;
  for (const event of events) {
    if (from === null || event.type === "resumed") {
      if (from !== null) total += last - from;
      from = event.at;
    }
    last = event.at;
  }
  return from === null ? 0 : (total + last - from) / 1000;
}

/** State of a run, from its events and from whether its process lives. */
export type RunState = "running" | "paused" | "interrupted" | "finished" | "failed";

export function runState(store: Store, id: string, events: readonly RunEvent[]): RunState {
  if (events.some((event) => event.type === "finished")) return "finished";
  const owner = store.owner(id);
  if (owner !== null && isAlive(owner)) return "running";
  const last = events.findLast(isLifecycle);
  if (last?.type === "paused") return "paused";
  return last?.type === "failed" ? "failed" : "interrupted";
}

function takeRun(store: Store, id: string): void {
  const owner = store.owner(id);
  const busy = owner !== null && isAlive(owner);
  if (busy || !store.takeOwnership(id, process.pid, processStart(process.pid), owner)) {
    throw new UsageError({
      what: `run ${id} is being worked on by process ${owner?.pid ?? "another"}`,
      where: store.path,
      todo: `Wait for it, or stop it with \`pawl stop ${id}\`.`,
    });
  }
}

export function isAlive(owner: { readonly pid: number; readonly since: string }): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return processStart(owner.pid) === owner.since;
}

/** Start time of a process in clock ticks since boot, as text; empty where there is no /proc, and for one that has ended but not been waited for. */
function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? "" : (fields[19] ?? "");
  } catch {
    return "";
  }
}
