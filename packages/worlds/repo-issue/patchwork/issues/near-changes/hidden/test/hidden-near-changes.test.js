import { test } from "node:test";
import assert from "node:assert/strict";
import { diffLines } from "../src/diff/diff.js";
import { toHunks } from "../src/diff/hunks.js";

const hunks = (gap, context) => {
  const between = Array.from({ length: gap }, (_, i) => `${i}\n`).join("");
  return toHunks(diffLines(`a\n${between}b\n`, `A\n${between}B\n`), context).length;
};

test("hidden: contexts that touch", () => {
  assert.deepEqual([5, 6, 7].map((gap) => hunks(gap, 3)), [1, 1, 2]);
});

test("hidden: small contexts", () => {
  assert.deepEqual([1, 2, 3].map((gap) => hunks(gap, 1)), [1, 1, 2]);
});

test("hidden: neighbours without context", () => {
  const found = toHunks(diffLines("a\nb\nc\nd\n", "a\nd\n"), 0);
  assert.deepEqual(found.map(({ oldStart, oldCount }) => [oldStart, oldCount]), [[1, 2]]);
});
