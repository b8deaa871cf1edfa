import assert from "node:assert/strict";
import { test } from "node:test";
import { matchAction, simplifyActions } from "../src/match/action.ts";

test("action patterns", () => {
  assert.ok(matchAction("*", "file:read"));
  assert.ok(matchAction("file:*", "file:read"));
  assert.ok(!matchAction("file:write", "file:read"));
});

test("actions are simplified", () => {
  assert.deepEqual(simplifyActions(["file:read", "file:*", "user:read"]), ["file:*", "user:read"]);
});
