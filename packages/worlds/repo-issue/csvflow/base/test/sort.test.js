import { test } from "node:test";
import assert from "node:assert/strict";
import { compareBy } from "../src/pipeline/sort.js";

test("sort by two columns", () => {
  const records = [{ a: "x10", b: 1 }, { a: "x9", b: 2 }, { a: "x9", b: 1 }];
  assert.deepEqual(records.sort(compareBy(["a", "b"])), [
    { a: "x9", b: 1 },
    { a: "x9", b: 2 },
    { a: "x10", b: 1 },
  ]);
});
