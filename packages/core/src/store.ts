import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { MachineError, UsageError } from "./errors.ts";
import { DOCUMENT_SCHEMA, DocumentIndex } from "./document-index.ts";
import type { EventBody, RunEvent } from "./events.ts";
import { sha256 } from "./hash.ts";
import { canonicalJson, type Json } from "./json.ts";
import { guardStore } from "./store-failure.ts";

/** Each entry takes the schema one version up; the position is the version it starts from. Never edit one that was released. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE runs (id TEXT PRIMARY KEY, created INTEGER NOT NULL) STRICT;
   CREATE TABLE events (run TEXT NOT NULL REFERENCES runs(id), seq INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, meta TEXT, PRIMARY KEY (run, seq)) STRICT, WITHOUT ROWID;
   CREATE TABLE blobs (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE owners (run TEXT PRIMARY KEY REFERENCES runs(id), pid INTEGER NOT NULL, since TEXT NOT NULL) STRICT;
   CREATE TABLE learned (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`,
  DOCUMENT_SCHEMA,
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
    if (options.create === false && !existsSync(path) && !isFile(folder)) {
      throw new UsageError({
        what: "there are no runs here",
        where: folder,
        todo: "Start one with `pawl fix` or `pawl evolve`, or go to the folder where it was started.",
      });
    }
    return guardStore(path, () => {
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

  /** Does all of it or nothing. */
  transaction<T>(action: () => T): T {
    return guardStore(this.path, () => transact(this.#db, action));
  }

  /** Registers a run under the next free name: `fix-1`, `fix-2`, … */
  createRun(command: string, created: number): string {
    return this.transaction(() => {
      const row = this.#db.prepare("SELECT COUNT(*) AS n FROM runs WHERE id GLOB ?").get(`${command}-[0-9]*`) as {
        n: number;
      };
      const id = `${command}-${row.n + 1}`;
      this.#db.prepare("INSERT INTO runs (id, created) VALUES (?, ?)").run(id, created);
      return id;
    });
  }

  /** Newest first. */
  runs(): readonly RunRow[] {
    return guardStore(
      this.path,
      () =>
        this.#db.prepare("SELECT id, created FROM runs ORDER BY created DESC, rowid DESC").all() as unknown as RunRow[],
    );
  }

  hasRun(id: string): boolean {
    return guardStore(this.path, () => this.#db.prepare("SELECT 1 FROM runs WHERE id = ?").get(id) !== undefined);
  }

  append(run: string, seq: number, at: number, event: EventBody): void {
    guardStore(this.path, () => {
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
    return guardStore(this.path, () => {
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
    guardStore(this.path, () =>
      this.#insertBlob.run(hash, typeof content === "string" ? Buffer.from(content) : content),
    );
    return hash;
  }

  /** Throws when the blob is missing or no longer matches its hash. */
  getBlob(hash: string): Uint8Array {
    const row = guardStore(this.path, () => this.#db.prepare("SELECT bytes FROM blobs WHERE hash = ?").get(hash)) as
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
    const row = guardStore(this.path, () => this.#db.prepare("SELECT value FROM learned WHERE name = ?").get(name)) as
      | { value: string }
      | undefined;
    return row === undefined ? undefined : (JSON.parse(row.value) as Json);
  }

  setLearned(name: string, value: Json): void {
    guardStore(this.path, () =>
      this.#db
        .prepare(
          "INSERT INTO learned (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .run(name, canonicalJson(value)),
    );
  }

  /** All of those small values. */
  forgetLearned(): void {
    guardStore(this.path, () => this.#db.exec("DELETE FROM learned"));
  }

  /** What was put down to be found again by its words: lessons. All of the action or nothing of it is done. */
  documents<T>(action: (index: DocumentIndex) => T): T {
    return this.transaction(() => action(new DocumentIndex(this.#db)));
  }

  /** Who works on a run: process id and the start time of that process (ids are used again). */
  owner(run: string): { readonly pid: number; readonly since: string } | null {
    const row = guardStore(this.path, () => this.#db.prepare("SELECT pid, since FROM owners WHERE run = ?").get(run));
    return row === undefined ? null : ({ ...row } as unknown as { pid: number; since: string });
  }

  /** Takes the run for a process, if it belongs to nobody or to `previous`; false when somebody was faster. */
  takeOwnership(
    run: string,
    pid: number,
    since: string,
    previous: { readonly pid: number; readonly since: string } | null,
  ): boolean {
    return this.transaction(() => {
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
    guardStore(this.path, () => this.#db.prepare("DELETE FROM owners WHERE run = ?").run(run));
  }

  /** SQLite's own consistency check; the empty list is good. */
  integrity(): readonly string[] {
    const rows = guardStore(this.path, () => this.#db.prepare("PRAGMA integrity_check").all()) as {
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
  transact(db, () => {
    const current = (db.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
    for (const sql of MIGRATIONS.slice(current)) db.exec(sql);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

/**
 * Runs the action in a transaction, or in the one that is open already. After a full disk or an input/output error SQLite has rolled back by
 * itself (https://www.sqlite.org/lang_transaction.html); rolling back again would fail and hide the reason.
 */
function transact<T>(db: DatabaseSync, action: () => T): T {
  if (db.isTransaction) return action();
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = action();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
