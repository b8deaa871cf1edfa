import { test } from "node:test";
import assert from "node:assert/strict";
import { parseBlocks } from "../lib/block/blocks.js";

const types = (text) => parseBlocks(text).map((block) => block.type);

test("blocks are told apart", () => {
  assert.deepEqual(types("# a\n\ntext\n- item\n\n---\n> quote\n\n    code"), [
    "heading",
    "paragraph",
    "list",
    "rule",
    "quote",
    "code",
  ]);
});

test("blocks: headings with closing marks", () => {
  assert.deepEqual(parseBlocks("## Two ##"), [{ type: "heading", level: 2, text: "Two" }]);
});
