import { test } from "node:test";
import assert from "node:assert/strict";
import { unifiedDiff } from "../src/format/unified.js";
import { applyPatch, PatchError, reverse } from "../src/patch/apply.js";
import { parsePatch } from "../src/patch/parse.js";

const hunksOf = (a, b, context) => parsePatch(unifiedDiff(a, b, { context }))[0].hunks;
const numbers = (n) => Array.from({ length: n }, (_, i) => `${i + 1}\n`).join("");

test("apply what was made", () => {
  const [a, b] = ["one\ntwo\nthree\n", "one\n2\nthree\nfour\n"];
  assert.equal(applyPatch(a, hunksOf(a, b)), b);
});

test("apply backwards", () => {
  const [a, b] = ["one\ntwo\n", "zero\none\n"];
  assert.equal(applyPatch(b, reverse(hunksOf(a, b))), a);
});

test("apply to something else", () => {
  assert.throws(() => applyPatch("other\n", hunksOf("a\n", "b\n")), PatchError);
});

test("apply to a file that has grown", () => {
  const a = numbers(30);
  const b = a.replace("10\n", "ten\n").replace("25\n", "twenty-five\n");
  assert.equal(applyPatch(`new\nlines\n${a}`, hunksOf(a, b)), `new\nlines\n${b}`);
});

test("apply in a file that repeats itself", () => {
  const a = "x\ny\n".repeat(8);
  const lines = a.match(/.\n/g);
  const b = [...lines.slice(0, 2), "new\n", ...lines.slice(2, 10), "z\n", ...lines.slice(11)].join("");
  assert.equal(applyPatch(a, hunksOf(a, b, 1)), b);
});

test("apply a deleted comment in SQL", () => {
  const [a, b] = ["-- old\nselect 1;\n", "select 1;\n"];
  assert.equal(applyPatch(a, hunksOf(a, b)), b);
});

test("apply without a newline at the end", () => {
  const [a, b] = ["a\nb", "a\nc"];
  assert.equal(applyPatch(a, hunksOf(a, b)), b);
});
