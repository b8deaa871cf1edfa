import assert from "node:assert/strict";
import { test } from "node:test";
import { readLock, writeLock } from "../src/resolve/lockfile.ts";

const lock = new Map([
  ["web", { name: "web", version: "1.0.0", needs: { http: "*", log: "*" } }],
  ["http", { name: "http", version: "2.1.0" }],
]);

test("lock is sorted", () => {
  assert.equal(writeLock(lock), "http 2.1.0\nweb 1.0.0 (http log)\n");
});

test("lock is read back", () => {
  assert.deepEqual(readLock("# lock\n" + writeLock(lock)).get("web"), { name: "web", version: "1.0.0", uses: ["http", "log"] });
});
