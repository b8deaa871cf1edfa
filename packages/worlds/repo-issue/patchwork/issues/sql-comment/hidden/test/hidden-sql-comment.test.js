import { test } from "node:test";
import assert from "node:assert/strict";
import { unifiedDiff } from "../src/format/unified.js";
import { parsePatch } from "../src/patch/parse.js";

test("hidden: comments in the middle of a hunk", () => {
  const [a, b] = ["a;\n-- x\n-- y\nb;\n", "a;\nb;\n"];
  const files = parsePatch(unifiedDiff(a, b));
  assert.equal(files.length, 1);
  assert.deepEqual(
    files[0].hunks[0].lines.map((line) => line.kind),
    ["same", "delete", "delete", "same"],
  );
});

test("hidden: two files, one with comments", () => {
  const text = unifiedDiff("-- x\n1\n", "1\n", { from: "p", to: "q" }) + unifiedDiff("1\n", "2\n", { from: "r", to: "s" });
  assert.deepEqual(parsePatch(text).map(({ from, to }) => [from, to]), [
    ["p", "q"],
    ["r", "s"],
  ]);
});
