import { test } from "node:test";
import assert from "node:assert/strict";
import { formatStat } from "../src/format/stat.js";

const parts = (inserted, deleted) => [
  { kind: "delete", items: Array(deleted).fill("x") },
  { kind: "insert", items: Array(inserted).fill("x") },
];

test("stat", () => {
  assert.equal(formatStat("f", parts(2, 1)), "f | 3 ++-");
  assert.equal(formatStat("f", parts(0, 0)), "f | 0");
  assert.equal(formatStat("f", parts(100, 1), 10), "f | 101 +++++++++-");
});
