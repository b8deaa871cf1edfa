import { test } from "node:test";
import assert from "node:assert/strict";
import { readFence } from "../lib/block/fence.js";

test("fence with a language", () => {
  assert.deepEqual(readFence(["```js", "a", "```", "b"], 0), [{ type: "code", language: "js", text: "a" }, 3]);
});

test("fence without an end", () => {
  assert.deepEqual(readFence(["~~~", "a"], 0)[1], 2);
});
