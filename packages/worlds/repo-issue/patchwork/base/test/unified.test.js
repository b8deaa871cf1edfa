import { test } from "node:test";
import assert from "node:assert/strict";
import { unifiedDiff } from "../src/format/unified.js";

const numbers = (n) => Array.from({ length: n }, (_, i) => `${i + 1}\n`).join("");

test("unified diff", () => {
  assert.equal(unifiedDiff("a\nb\n", "a\nc\n"), "--- a\n+++ b\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
  assert.equal(unifiedDiff("a\n", "a\n"), "");
});

test("unified diff without a newline at the end", () => {
  assert.match(unifiedDiff("a", "a\n"), /-a\n\\ No newline at end of file\n\+a\n$/);
});

test("unified diff of a new file", () => {
  assert.match(unifiedDiff("", "a\nb\n"), /@@ -0,0 \+1,2 @@/);
});

test("unified diff joins what is near", () => {
  const changed = numbers(20).replace("5\n", "five\n").replace("12\n", "twelve\n");
  assert.equal(unifiedDiff(numbers(20), changed).match(/^@@/gm).length, 1);
  const apart = numbers(20).replace("5\n", "five\n").replace("13\n", "thirteen\n");
  assert.equal(unifiedDiff(numbers(20), apart).match(/^@@/gm).length, 2);
});
