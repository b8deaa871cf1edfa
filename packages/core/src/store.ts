import { mkdirSync, existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { MachineError, UsageError } from "./errors.ts";
import type { EventBody, RunEvent } from "./events.ts";
import { sha256 } from "./hash.ts";
import { canonicalJson, type Json } from "./json.ts";

/** Each entry takes the schema one version up; the position is the version it starts from. Never edit one that was released. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE runs (id TEXT PRIMARY KEY, created INTEGER NOT NULL) STRICT;
   CREATE TABLE events (run TEXT NOT NULL REFERENCES runs(id), seq INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, meta TEXT, PRIMARY KEY (run, seq)) STRICT, WITHOUT ROWID;
   CREATE TABLE blobs (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE owners (run TEXT PRIMARY KEY REFERENCES runs(id), pid INTEGER NOT NULL, since TEXT NOT NULL) STRICT;
   CREATE TABLE learned (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`,
];

export interface RunRow {
  readonly id: string;
  readonly created: number;
}

/** Runs, events and blobs of one project: one SQLite file (WAL), written before anything depends on it. */
export class Store {
  readonly path: string;
  readonly #db: DatabaseSync;
  readonly #insertEvent: StatementSync;
  readonly #insertBlob: StatementSync;

  private constructor(path: string, db: DatabaseSync) {
    this.path = path;
    this.#db = db;
    this.#insertEvent = db.prepare("INSERT INTO events (run, seq, at, type, data, meta) VALUES (?, ?, ?, ?, ?, ?)");
    this.#insertBlob = db.prepare("INSERT OR IGNORE INTO blobs (hash, bytes) VALUES (?, ?)");
  }

  /** Opens `<folder>/pawl.db`; makes it unless `create` is false. A damaged or newer file is an error and is left as it is. */
  static open(folder: string, options: { readonly create?: boolean } = {}): Store {
    const path = join(folder, "pawl.db");
    if (options.create === false && !existsSync(path)) {
      throw new UsageError({
        what: "there are no runs here",
        where: folder,
        todo: "Start one with `pawl fix` or `pawl evolve`, or go to the folder where it was started.",
      });
    }
    return guard(path, () => {
      mkdirSync(folder, { recursive: true });
      const db = new DatabaseSync(path, { timeout: 10_000 });
      try {
        db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
        migrate(db, path);
        return new Store(path, db);
      } catch (error) {
        db.close();
        throw error;
      }
    });
  }

  close(): void {
    this.#db.close();
  }

  /** Registers a run under the next free name: `fix-1`, `fix-2`, … */
  createRun(command: string, created: number): string {
    return guard(this.path, () => {
      this.#db.exec("BEGIN IMMEDIATE");
      try {
        const row = this.#db.prepare("SELECT COUNT(*) AS n FROM runs WHERE id GLOB ?").get(`${command}-[0-9]*`) as {
          n: number;
        };
        const id = `${command}-${row.n + 1}`;
        this.#db.prepare("INSERT INTO runs (id, created) VALUES (?, ?)").run(id, created);
        this.#db.exec("COMMIT");
        return id;
      } catch (error) {
        this.#db.exec("ROLLBACK");
        throw error;
      }
    });
  }

  /** Newest first. */
  runs(): readonly RunRow[] {
    return guard(
      this.path,
      () =>
        this.#db.prepare("SELECT id, created FROM runs ORDER BY created DESC, rowid DESC").all() as unknown as RunRow[],
    );
  }

  hasRun(id: string): boolean {
    return guard(this.path, () => this.#db.prepare("SELECT 1 FROM runs WHERE id = ?").get(id) !== undefined);
  }

  append(run: string, seq: number, at: number, event: EventBody): void {
    guard(this.path, () => {
      this.#insertEvent.run(
        run,
        seq,
        at,
        event.type,
        canonicalJson(event.data),
        event.meta === undefined ? null : JSON.stringify(event.meta),
      );
    });
  }

  events(run: string): readonly RunEvent[] {
    return guard(this.path, () => {
      const rows = this.#db.prepare("SELECT seq, at, type, data, meta FROM events WHERE run = ? ORDER BY seq").all(run);
      return rows.map((row) => {
        const { seq, at, type, data, meta } = row as {
          seq: number;
          at: number;
          type: string;
          data: string;
          meta: string | null;
        };
        return {
          seq,
          at,
          type,
          data: JSON.parse(data),
          ...(meta === null ? {} : { meta: JSON.parse(meta) }),
        } as RunEvent;
      });
    });
  }

  putBlob(content: string | Uint8Array): string {
    const hash = sha256(content);
    guard(this.path, () => this.#insertBlob.run(hash, typeof content === "string" ? Buffer.from(content) : content));
    return hash;
  }

  /** Throws when the blob is missing or no longer matches its hash. */
  getBlob(hash: string): Uint8Array {
    const row = guard(this.path, () => this.#db.prepare("SELECT bytes FROM blobs WHERE hash = ?").get(hash)) as
      | { bytes: Uint8Array }
      | undefined;
    if (row === undefined || sha256(row.bytes) !== hash) {
      throw new MachineError({
        what: `blob ${hash.slice(0, 12)} is ${row === undefined ? "missing" : "damaged"}`,
        where: this.path,
        todo: "Restore the file from a backup, or start a new run.",
      });
    }
    return row.bytes;
  }

  /** Small values learned across runs (the prior of the syntax proposer). */
  learned(name: string): Json | undefined {
    const row = guard(this.path, () => this.#db.prepare("SELECT value FROM learned WHERE name = ?").get(name)) as
      | { value: string }
      | undefined;
    return row === undefined ? undefined : (JSON.parse(row.value) as Json);
  }

  setLearned(name: string, value: Json | null): void {
    guard(this.path, () => {
      if (value === null) this.#db.prepare("DELETE FROM learned WHERE name = ?").run(name);
      else
        this.#db
          .prepare(
            "INSERT INTO learned (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
          )
          .run(name, canonicalJson(value));
    });
  }

  /** Who works on a run: process id and the start time of that process (ids are used again). */
  owner(run: string): { readonly pid: number; readonly since: string } | null {
    const row = guard(this.path, () => this.#db.prepare("SELECT pid, since FROM owners WHERE run = ?").get(run));
    return row === undefined ? null : ({ ...row } as unknown as { pid: number; since: string });
  }

  /** Takes the run for a process, if it belongs to nobody or to `previous`; false when somebody was faster. */
  takeOwnership(
    run: string,
    pid: number,
    since: string,
    previous: { readonly pid: number; readonly since: string } | null,
  ): boolean {
    return guard(this.path, () => {
      if (previous !== null)
        this.#db
          .prepare("DELETE FROM owners WHERE run = ? AND pid = ? AND since = ?")
          .run(run, previous.pid, previous.since);
      return (
        this.#db.prepare("INSERT OR IGNORE INTO owners (run, pid, since) VALUES (?, ?, ?)").run(run, pid, since)
          .changes === 1
      );
    });
  }

  dropOwnership(run: string): void {
    guard(this.path, () => this.#db.prepare("DELETE FROM owners WHERE run = ?").run(run));
  }

  /** SQLite's own consistency check; the empty list is good. */
  integrity(): readonly string[] {
    const rows = guard(this.path, () => this.#db.prepare("PRAGMA integrity_check").all()) as {
      integrity_check: string;
    }[];
    return rows.map((row) => row.integrity_check).filter((line) => line !== "ok");
  }
}

function migrate(db: DatabaseSync, path: string): void {
  const version = (db.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
  if (version > MIGRATIONS.length) {
    throw new UsageError({
      what: `the store has schema version ${version}, this Pawl knows ${MIGRATIONS.length}`,
      where: path,
      todo: "Use the newer Pawl that wrote it.",
    });
  }
  if (version === MIGRATIONS.length) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    const current = (db.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
    for (const sql of MIGRATIONS.slice(current)) db.exec(sql);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec("COMMIT");
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}

/** Turns SQLite's and the file system's failures into errors that say what to do. */
function guard<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw explain(path, error);
  }
}

function explain(where: string, error: unknown): unknown {
  const { errcode, code, message } = error as { errcode?: number; code?: string; message?: string };
  const primary = (errcode ?? 0) & 0xff;
  if (primary === 13 || code === "ENOSPC")
    return new MachineError({
      what: "the disk is full",
      where,
      todo: "Free some space, then go on with `pawl resume`: everything up to the last finished evaluation is stored.",
      cause: error,
    });
  if (primary === 8 || primary === 14 || code === "EACCES" || code === "EROFS" || code === "EPERM")
    return new MachineError({
      what: "the run cannot be stored: the folder is not writable",
      where,
      todo: "Make the folder writable, or keep runs elsewhere with `--state <folder>`.",
      cause: error,
    });
  if (primary === 11 || primary === 26)
    return new MachineError({
      what: "the store is damaged",
      where,
      todo: "Nothing was changed in it. Restore it from a backup, or move the `.pawl` folder aside and start again.",
      cause: error,
    });
  if (primary === 10 && message !== undefined)
    return new MachineError({
      what: `the store cannot be read or written (${message})`,
      where,
      todo: "Check the disk; everything up to the last finished evaluation is stored.",
      cause: error,
    });
  if (primary === 5)
    return new MachineError({
      what: "the store is locked by another process",
      where,
      todo: "Wait for the other Pawl to finish, or stop it with `pawl stop`.",
      cause: error,
    });
  return error;
}
