import { test } from "node:test";
import assert from "node:assert/strict";
import { splitLines, splitWords } from "../src/diff/tokens.js";

test("lines keep their ends", () => {
  assert.deepEqual(splitLines("a\n\nb"), ["a\n", "\n", "b"]);
  assert.deepEqual(splitLines(""), []);
});

test("words", () => {
  assert.deepEqual(splitWords("für x_1 (ok)"), ["für", " ", "x_1", " ", "(", "ok", ")"]);
});
