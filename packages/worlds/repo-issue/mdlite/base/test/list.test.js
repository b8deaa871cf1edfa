import { test } from "node:test";
import assert from "node:assert/strict";
import { parseBlocks } from "../lib/block/blocks.js";
import { matchItem } from "../lib/block/list.js";

test("list markers", () => {
  assert.equal(matchItem("10. x").start, 10);
  assert.equal(matchItem("-x"), null);
});

test("list inside of a list", () => {
  const [list] = parseBlocks("- a\n  - b\n- c");
  assert.equal(list.items.length, 2);
  assert.equal(list.items[0][1].type, "list");
});
