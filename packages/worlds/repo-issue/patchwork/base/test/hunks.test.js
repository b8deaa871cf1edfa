import { test } from "node:test";
import assert from "node:assert/strict";
import { diffLines } from "../src/diff/diff.js";
import { toHunks } from "../src/diff/hunks.js";

test("hunk with its counts", () => {
  const [hunk] = toHunks(diffLines("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nx\ny\n6\n"), 1);
  assert.deepEqual([hunk.oldStart, hunk.oldCount, hunk.newStart, hunk.newCount], [3, 3, 3, 4]);
});

test("hunks of nothing", () => {
  assert.deepEqual(toHunks(diffLines("a\n", "a\n")), []);
});
