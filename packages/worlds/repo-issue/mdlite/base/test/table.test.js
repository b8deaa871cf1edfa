import { test } from "node:test";
import assert from "node:assert/strict";
import { isTableStart, readTable } from "../lib/block/table.js";

test("table", () => {
  const lines = ["| a | b |", "|---|:-:|", "| 1 | 2 |", "after"];
  assert.ok(isTableStart(lines, 0));
  assert.deepEqual(readTable(lines, 0), [
    { type: "table", head: ["a", "b"], align: [null, "center"], rows: [["1", "2"]] },
    3,
  ]);
});
