import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits, Target, type Candidate } from "@pawl/core";
import { editsOfOther } from "./merge.ts";

const TEXT = "one two three four five\n";
const target = new Target({ "a.js": TEXT, "b.js": "other\n" }, "tree");

function replaced(path: string, before: string, after: string): Candidate {
  const start = target.baseText(path).indexOf(before);
  const edits = { [path]: [{ start, end: start + before.length, text: after }] };
  const derived = target.derive(target.base, edits, { proposer: "test", summary: "" });
  assert.ok("candidate" in derived);
  return derived.candidate;
}

function merged(onto: Candidate, other: Candidate): string | null {
  const edits = editsOfOther(onto, other);
  return edits === null ? null : applyEdits(target.textOf(onto, "a.js"), edits["a.js"] ?? []);
}

test("two patches of different places give both changes, whichever comes first", () => {
  const two = replaced("a.js", "two", "twenty-two");
  const five = replaced("a.js", "five", "5");
  assert.equal(merged(two, five), "one twenty-two three four 5\n");
  assert.equal(merged(five, two), "one twenty-two three four 5\n");
});

test("patches of a common or a neighbouring place are not put together", () => {
  assert.equal(merged(replaced("a.js", "two three", "x"), replaced("a.js", "three four", "y")), null);
  assert.equal(merged(replaced("a.js", "two", "2"), replaced("a.js", " three", " 3")) === null, false);
  assert.equal(merged(replaced("a.js", "two ", ""), replaced("a.js", "three", "3")), null);
});

test("patches of different files stand side by side", () => {
  const other = replaced("b.js", "other", "another");
  const edits = editsOfOther(replaced("a.js", "two", "2"), other);
  assert.deepEqual(edits, { "b.js": other.changes.map(({ start, end, text }) => ({ start, end, text })) });
});
