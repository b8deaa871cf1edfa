import { test } from "node:test";
import assert from "node:assert/strict";
import { loopInfo, toEntries } from "../lib/render/loop.js";

test("loop entries", () => {
  assert.deepEqual(toEntries({ a: 1 }), [["a", 1]]);
  assert.deepEqual(toEntries(new Map([["k", 2]])), [["k", 2]]);
  assert.deepEqual(toEntries(2), [[0, 1], [1, 2]]);
  assert.deepEqual(toEntries(undefined), []);
});

test("loop info", () => {
  const { index, left, first, last } = loopInfo(0, 2);
  assert.deepEqual({ index, left, first, last }, { index: 1, left: 1, first: true, last: false });
});
