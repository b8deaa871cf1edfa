import assert from "node:assert/strict";
import { test } from "node:test";
import { AuditLog } from "../src/audit/log.ts";

const request = (id: string, time: number) => ({ subject: { id, roles: [] }, action: "read", resource: { path: "a" }, time });

test("log keeps the last entries", () => {
  const log = new AuditLog(2);
  for (const time of [1, 2, 3]) log.record(request("ann", time), { effect: "allow", reason: "" });
  assert.deepEqual(
    log.entries().map((entry) => entry.time),
    [2, 3],
  );
});

test("log counts refusals", () => {
  const log = new AuditLog();
  for (const id of ["bob", "ann", "bob"]) log.record(request(id, 5), { effect: "deny", reason: "" });
  assert.deepEqual(log.refusals(), [
    ["bob", 2],
    ["ann", 1],
  ]);
});
