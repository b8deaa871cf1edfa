import assert from "node:assert/strict";
import { test } from "node:test";
import { Assignments } from "../src/roles/assignments.ts";

test("assignments for a time", () => {
  const assignments = new Assignments();
  assignments.give("ann", "admin", 100);
  const ann = { id: "ann", roles: ["staff"] };
  assert.deepEqual(assignments.rolesOf(ann, 50), ["staff", "admin"]);
  assert.deepEqual(assignments.rolesOf(ann, 150), ["staff"]);
});

test("assignments can be taken back", () => {
  const assignments = new Assignments();
  assignments.give("ann", "admin");
  assert.ok(assignments.take("ann", "admin"));
  assert.ok(!assignments.take("ann", "admin"));
});
