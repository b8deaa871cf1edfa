import { test } from "node:test";
import assert from "node:assert/strict";
import { diffLines } from "../src/diff/diff.js";
import { toHunks } from "../src/diff/hunks.js";
import { applyPatch } from "../src/patch/apply.js";

const trip = (a, b) => applyPatch(a, toHunks(diffLines(a, b), 1), { fuzz: 100 });

test("hidden: deleted lines move the rest up", () => {
  const a = "p\nq\nr\ns\nt\nu\nv\nw\n";
  const b = "p\ns\nt\nu\nv\nW\n";
  assert.equal(applyPatch(a, toHunks(diffLines(a, b), 1), { fuzz: 0 }), b);
});

test("hidden: added lines move the rest down", () => {
  const a = "p\nq\nr\ns\nt\nu\nv\nw\n";
  const b = "p\n1\n2\nq\nr\ns\nt\nu\nv\nW\n";
  assert.equal(applyPatch(a, toHunks(diffLines(a, b), 1), { fuzz: 0 }), b);
});

test("hidden: lines that repeat", () => {
  const lines = Array.from({ length: 20 }, (_, i) => (i % 2 ? "}\n" : "{\n"));
  const a = lines.join("");
  const b = [...lines.slice(0, 3), "x\n", "y\n", ...lines.slice(3, 12), "changed\n", ...lines.slice(13)].join("");
  assert.equal(trip(a, b), b);
});
