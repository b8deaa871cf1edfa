import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import { Store } from "./store.ts";

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "pawl-store-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("events and blobs come back as they were written", (t) => {
  const store = Store.open(folder(t));
  const id = store.createRun("fix", 5);
  assert.equal(id, "fix-1");
  store.append(id, 1, 10, { type: "started", data: { command: "fix", config: { b: 1, a: [null, "ü"] } } });
  store.append(id, 2, 11, { type: "stopped", data: { reason: "seconds" }, meta: { note: 1 } });
  const events = store.events(id);
  assert.deepEqual(events[0], {
    seq: 1,
    at: 10,
    type: "started",
    data: { command: "fix", config: { a: [null, "ü"], b: 1 } },
  });
  assert.deepEqual(events[1]?.meta, { note: 1 });
  const hash = store.putBlob("text");
  assert.equal(store.putBlob("text"), hash);
  assert.equal(Buffer.from(store.getBlob(hash)).toString(), "text");
  assert.throws(() => store.getBlob("0".repeat(64)), /missing/);
  assert.equal(store.createRun("fix", 6), "fix-2");
  assert.equal(store.createRun("evolve", 7), "evolve-1");
  assert.deepEqual(
    store.runs().map((run) => run.id),
    ["evolve-1", "fix-2", "fix-1"],
  );
  assert.deepEqual(store.integrity(), []);
  store.close();
});

test("the same event number cannot be written twice", (t) => {
  const store = Store.open(folder(t));
  const id = store.createRun("fix", 1);
  store.append(id, 1, 1, { type: "stopped", data: { reason: "a" } });
  assert.throws(() => store.append(id, 1, 1, { type: "stopped", data: { reason: "b" } }));
  store.close();
});

test("a store of an older schema is migrated and keeps its runs", (t) => {
  const path = folder(t);
  Store.open(path).close();
  const db = new DatabaseSync(join(path, "pawl.db"));
  db.exec(
    "DROP TABLE owners; DROP TABLE learned; DROP TABLE documents; DROP TABLE document_words; PRAGMA user_version = 1; INSERT INTO runs VALUES ('fix-1', 3);",
  );
  db.close();
  const store = Store.open(path);
  assert.equal(store.runs()[0]?.id, "fix-1");
  store.setLearned("x", { a: 1 });
  assert.deepEqual(store.learned("x"), { a: 1 });
  store.forgetLearned();
  assert.equal(store.learned("x"), undefined);
  store.close();
});

test("a newer schema, a damaged file and a missing store are told apart, and nothing is overwritten", (t) => {
  const newer = folder(t);
  Store.open(newer).close();
  const db = new DatabaseSync(join(newer, "pawl.db"));
  db.exec("PRAGMA user_version = 99");
  db.close();
  assert.throws(() => Store.open(newer), { name: "UsageError", message: /schema version 99/ });

  const damaged = folder(t);
  const garbage = "this is no database ".repeat(500);
  writeFileSync(join(damaged, "pawl.db"), garbage);
  assert.throws(() => Store.open(damaged), { name: "MachineError", message: /damaged/ });
  assert.equal(readFileSync(join(damaged, "pawl.db"), "utf8"), garbage);

  assert.throws(() => Store.open(join(folder(t), "nowhere"), { create: false }), {
    name: "UsageError",
    message: /no runs here/,
  });
});

test("a folder that cannot be written is said to be so", (t) => {
  let readOnly = folder(t);
  if (process.getuid?.() === 0) {
    // Root may write anywhere but in the kernel's own file systems.
    if (process.platform !== "linux") return t.skip("root on a system without /sys");
    readOnly = "/sys/kernel";
  } else chmodSync(readOnly, 0o500);
  assert.throws(() => Store.open(join(readOnly, ".pawl")), { name: "MachineError", message: /not writable/ });
});

test("two connections write at the same time without losing anything", (t) => {
  const path = folder(t);
  const a = Store.open(path);
  const b = Store.open(path);
  const ids = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? a : b).createRun("fix", i));
  assert.equal(new Set(ids).size, 20);
  assert.ok(a.takeOwnership("fix-1", 1, "x", null));
  assert.ok(!b.takeOwnership("fix-1", 2, "y", null));
  assert.ok(b.takeOwnership("fix-1", 2, "y", { pid: 1, since: "x" }));
  assert.deepEqual(a.owner("fix-1"), { pid: 2, since: "y" });
  a.close();
  b.close();
});

test("a transaction that SQLite has rolled back by itself keeps its reason, and the store goes on working", (t) => {
  const path = folder(t);
  const store = Store.open(path);
  const db = new DatabaseSync(join(path, "pawl.db"));
  db.exec("CREATE TRIGGER gone BEFORE INSERT ON runs BEGIN SELECT RAISE(ROLLBACK, 'as on a full disk'); END");
  assert.throws(() => store.createRun("fix", 1), /as on a full disk/);
  db.exec("DROP TRIGGER gone");
  db.close();
  assert.equal(store.createRun("fix", 2), "fix-1");
  store.close();
});

test("a transaction is whole or not there, also when one is inside of another", (t) => {
  const store = Store.open(folder(t));
  assert.throws(
    () =>
      store.transaction(() => {
        const id = store.createRun("fix", 1);
        store.append(id, 1, 1, { type: "stopped", data: { reason: "a" } });
        throw new Error("killed here");
      }),
    /killed here/,
  );
  assert.deepEqual(store.runs(), []);
  assert.deepEqual(store.events("fix-1"), []);
  assert.equal(
    store.transaction(() => store.createRun("fix", 2)),
    "fix-1",
  );
  store.close();
});

test("a file where the folder should be is named, and an event that is no JSON is damage", (t) => {
  const path = folder(t);
  writeFileSync(join(path, "notes"), "mine");
  assert.throws(() => Store.open(join(path, "notes")), { name: "UsageError", message: /this is a file.*notes/ });
  assert.throws(() => Store.open(join(path, "notes/deeper")), { name: "UsageError", message: /this is a file/ });
  assert.equal(readFileSync(join(path, "notes"), "utf8"), "mine");

  const store = Store.open(join(path, "store"));
  const id = store.createRun("fix", 1);
  store.append(id, 1, 1, { type: "stopped", data: { reason: "a" } });
  const db = new DatabaseSync(store.path);
  db.exec("UPDATE events SET data = '{\"reas'");
  db.close();
  assert.throws(() => store.events(id), { name: "MachineError", message: /damaged/ });
  store.close();
});
