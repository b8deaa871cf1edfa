import { test } from "node:test";
import assert from "node:assert/strict";
import { unifiedDiff } from "../src/format/unified.js";
import { parsePatch } from "../src/patch/parse.js";

test("parse a patch", () => {
  const [file] = parsePatch(unifiedDiff("a\nb\n", "a\nc\n", { from: "x.txt", to: "y.txt" }));
  assert.equal(file.to, "y.txt");
  assert.deepEqual(file.hunks[0].lines, [
    { kind: "same", text: "a\n" },
    { kind: "delete", text: "b\n" },
    { kind: "insert", text: "c\n" },
  ]);
});

test("parse refuses what is cut off", () => {
  assert.throws(() => parsePatch("--- a\n+++ b\n@@ -1,2 +1,2 @@\n a"), /not complete/);
});
