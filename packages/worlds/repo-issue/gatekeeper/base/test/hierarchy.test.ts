import assert from "node:assert/strict";
import { test } from "node:test";
import { RoleHierarchy } from "../src/roles/hierarchy.ts";

test("hierarchy of three", () => {
  const roles = new RoleHierarchy()
    .define({ name: "reader", permissions: ["file:read **"] })
    .define({ name: "editor", inherits: ["reader"], permissions: ["file:write **"] });
  assert.deepEqual(roles.ancestors("editor"), ["reader"]);
  assert.deepEqual(roles.permissionsOf("editor"), ["file:write **", "file:read **"]);
});

test("hierarchy refuses circles", () => {
  const roles = new RoleHierarchy().define({ name: "a", inherits: ["b"], permissions: [] });
  assert.throws(() => roles.define({ name: "b", inherits: ["a"], permissions: [] }), /inherit from itself/);
});
