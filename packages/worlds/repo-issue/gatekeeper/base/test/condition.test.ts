import assert from "node:assert/strict";
import { test } from "node:test";
import { holds, withinHours } from "../src/policy/condition.ts";

const request = {
  subject: { id: "ann", roles: [], attributes: { team: "red" } },
  action: "read",
  resource: { path: "a", owner: "ann", attributes: { team: "blue" } },
  time: Date.UTC(2024, 0, 1, 12),
};

test("condition owner and attribute", () => {
  assert.ok(holds({ kind: "owner" }, request));
  assert.ok(holds({ kind: "attribute", of: "subject", name: "team", equals: "red" }, request));
  assert.ok(!holds({ kind: "attribute", of: "resource", name: "team", equals: "red" }, request));
});

test("condition combinations", () => {
  const never = { kind: "not", of: { kind: "owner" } } as const;
  assert.ok(!holds({ kind: "all", of: [{ kind: "owner" }, never] }, request));
  assert.ok(holds({ kind: "any", of: [never, { kind: "owner" }] }, request));
});

test("condition hours of the day", () => {
  assert.ok(withinHours(9, 8, 17));
  assert.ok(!withinHours(17, 8, 17));
  assert.ok(withinHours(23, 22, 6));
});
