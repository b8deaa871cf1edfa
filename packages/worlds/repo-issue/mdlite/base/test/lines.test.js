import { test } from "node:test";
import assert from "node:assert/strict";
import { dedent, indentOf, toLines } from "../lib/util/lines.js";

test("lines of all systems", () => {
  assert.deepEqual(toLines("a\r\nb\nc"), ["a", "b", "c"]);
  assert.equal(indentOf("  x"), 2);
});

test("dedent", () => {
  assert.equal(dedent("    x", 2), "  x");
});
