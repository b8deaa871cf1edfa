import { test } from "node:test";
import assert from "node:assert/strict";
import { Scope } from "../lib/render/scope.js";

test("scope", () => {
  const outer = new Scope({ a: 1 });
  const inner = outer.child({ b: 2 });
  inner.set("a", 3);
  assert.deepEqual([inner.get("a"), inner.get("b"), outer.get("a"), outer.get("b")], [3, 2, 1, undefined]);
});
