import { test } from "node:test";
import assert from "node:assert/strict";
import { merge3 } from "../src/merge/merge3.js";

test("merge changes of both", () => {
  assert.deepEqual(merge3("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n"), { text: "A\nb\nc\nD\n", conflicts: 0 });
});

test("merge marks conflicts", () => {
  const { text, conflicts } = merge3("a\n", "b\n", "c");
  assert.equal(conflicts, 1);
  assert.equal(text, "<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n");
});

test("merge the same change on both sides", () => {
  assert.deepEqual(merge3("a\nb\n", "a\nx\n", "a\nx\n"), { text: "a\nx\n", conflicts: 0 });
});

test("merge deletions and additions", () => {
  assert.deepEqual(merge3("a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n"), { text: "a\nc\nd\n", conflicts: 0 });
});
