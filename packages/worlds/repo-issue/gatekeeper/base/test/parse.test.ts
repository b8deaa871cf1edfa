import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePolicies } from "../src/policy/parse.ts";

test("parse policies", () => {
  assert.deepEqual(parsePolicies("# all\n\nallow file:read,file:list on projects/** for editor\n"), [
    {
      id: "line-3",
      effect: "allow",
      actions: ["file:read", "file:list"],
      paths: ["projects/**"],
      roles: ["editor"],
    },
  ]);
});

test("parse says which line is wrong", () => {
  assert.throws(() => parsePolicies("allow a on b\nperhaps c on d"), /line 2/);
});
