import { test } from "node:test";
import assert from "node:assert/strict";
import { merge3 } from "../src/merge/merge3.js";

test("hidden: ours inserts, theirs changes further down", () => {
  assert.deepEqual(merge3("a\nb\nc\n", "x\na\nb\nc\n", "a\nb\nC\n"), { text: "x\na\nb\nC\n", conflicts: 0 });
});

test("hidden: ours deletes much", () => {
  assert.deepEqual(merge3("1\n2\n3\n4\n5\n", "4\n5\n", "1\n2\n3\n4\n5\n6\n"), { text: "4\n5\n6\n", conflicts: 0 });
});

test("hidden: conflict next to a deletion", () => {
  const { conflicts, text } = merge3("a\nb\nc\nd\n", "b\nX\nd\n", "a\nb\nY\nd\n");
  assert.equal(conflicts, 1);
  assert.equal(text, "b\n<<<<<<< ours\nX\n=======\nY\n>>>>>>> theirs\nd\n");
});
