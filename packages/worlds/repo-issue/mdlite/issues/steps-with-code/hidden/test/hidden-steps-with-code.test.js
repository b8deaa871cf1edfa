import { test } from "node:test";
import assert from "node:assert/strict";
import { parseBlocks } from "../lib/block/blocks.js";
import { dedent } from "../lib/util/lines.js";

test("hidden: dedent takes only what is there and not more than asked", () => {
  assert.equal(dedent("x", 4), "x");
  assert.equal(dedent("      x", 4), "  x");
});

test("hidden: code keeps what it is indented by", () => {
  const [code] = parseBlocks("    if (a)\n      b();\n");
  assert.equal(code.text, "if (a)\n  b();");
});

test("hidden: loose and tight lists", () => {
  assert.equal(parseBlocks("- a\n\n- b")[0].loose, true);
  assert.equal(parseBlocks("- a\n- b\n\ntext")[0].loose, false);
});

test("hidden: an item of two paragraphs", () => {
  const [list] = parseBlocks("- a\n\n  b\n\n- c");
  assert.deepEqual(list.items.map((blocks) => blocks.map((block) => block.text)), [["a", "b"], ["c"]]);
  assert.equal(list.loose, true);
});
