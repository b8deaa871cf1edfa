import { test } from "node:test";
import assert from "node:assert/strict";
import { compareBy } from "../src/pipeline/sort.js";

const order = (values, ...columns) => values.map((v) => ({ v })).sort(compareBy(columns)).map(({ v }) => v);

test("hidden: texts downwards", () => {
  assert.deepEqual(order([null, "b", "a", null, "c"], "-v"), ["c", "b", "a", null, null]);
});

test("hidden: undefined counts as missing", () => {
  const compare = compareBy(["-v"]);
  assert.ok(compare({ v: 1 }, {}) < 0);
  assert.ok(compare({}, { v: 1 }) > 0);
  assert.equal(compare({}, { v: null }), 0);
});

test("hidden: the second column downwards", () => {
  const records = [{ a: 1, b: null }, { a: 1, b: 2 }, { a: 0, b: 1 }];
  assert.deepEqual(records.sort(compareBy(["a", "-b"])).map(({ b }) => b), [1, 2, null]);
});
