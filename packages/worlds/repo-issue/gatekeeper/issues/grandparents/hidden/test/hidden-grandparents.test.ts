import assert from "node:assert/strict";
import { test } from "node:test";
import { RoleHierarchy } from "../src/roles/hierarchy.ts";

const chain = () =>
  new RoleHierarchy()
    .define({ name: "a", permissions: ["1 x"] })
    .define({ name: "b", inherits: ["a"], permissions: ["2 x"] })
    .define({ name: "c", inherits: ["b"], permissions: [] })
    .define({ name: "d", inherits: ["c", "a"], permissions: ["4 x"] });

test("hidden: near roles first, each once", () => {
  assert.deepEqual(chain().ancestors("d"), ["c", "a", "b"]);
});

test("hidden: permissions of all levels", () => {
  assert.deepEqual(chain().permissionsOf("c"), ["2 x", "1 x"]);
});

test("hidden: long circles are refused", () => {
  const roles = chain();
  assert.throws(() => roles.define({ name: "a", inherits: ["d"], permissions: [] }));
});
