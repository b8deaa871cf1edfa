import { test } from "node:test";
import assert from "node:assert/strict";
import { diffLines, similarity } from "../src/diff/diff.js";

test("diff of lines", () => {
  assert.deepEqual(diffLines("a\nb\nc\n", "a\nx\nc\n"), [
    { kind: "same", items: ["a\n"] },
    { kind: "delete", items: ["b\n"] },
    { kind: "insert", items: ["x\n"] },
    { kind: "same", items: ["c\n"] },
  ]);
});

test("diff without blanks", () => {
  assert.equal(diffLines("a  b\n", "a b\n", { ignoreBlanks: true }).length, 1);
});

test("similarity", () => {
  assert.equal(similarity("", ""), 1);
  assert.equal(similarity("a b", "a c"), 2 / 3);
});
