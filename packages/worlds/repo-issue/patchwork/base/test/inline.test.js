import { test } from "node:test";
import assert from "node:assert/strict";
import { inlineDiff } from "../src/format/inline.js";

test("inline marks", () => {
  assert.equal(inlineDiff("the old text", "the new text"), "the [-old-]{+new+} text");
});

test("inline marks at the end", () => {
  assert.equal(inlineDiff("a b", "a b c d"), "a b{+ c d+}");
  assert.equal(inlineDiff("x a", "a"), "[-x -]a");
});
