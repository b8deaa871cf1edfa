import assert from "node:assert/strict";
import { test } from "node:test";
import { matchGlob } from "../src/match/glob.ts";
import { Assignments } from "../src/roles/assignments.ts";

test("hidden: double stars for nothing", () => {
  assert.ok(matchGlob("a/**/b", "a/b"));
  assert.ok(matchGlob("a/b/**", "a/b"));
  assert.ok(!matchGlob("a/*/b", "a/b"));
});

test("hidden: double stars at the end after some", () => {
  assert.ok(matchGlob("**/x/**", "x"));
});

test("hidden: the end of a role is not part of it", () => {
  const assignments = new Assignments();
  assignments.give("group:g", "r", 10);
  assert.deepEqual(assignments.rolesOf({ id: "a", roles: [], groups: ["g"] }, 10), []);
  assert.deepEqual(assignments.rolesOf({ id: "a", roles: [], groups: ["g"] }, 9), ["r"]);
});
