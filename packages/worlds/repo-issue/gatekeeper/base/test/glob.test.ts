import assert from "node:assert/strict";
import { test } from "node:test";
import { matchGlob, specificity } from "../src/match/glob.ts";

test("glob with stars", () => {
  assert.ok(matchGlob("projects/*/files", "projects/7/files"));
  assert.ok(!matchGlob("projects/*", "projects/7/files"));
  assert.ok(matchGlob("projects/**", "projects/7/files/3"));
});

test("glob specificity", () => {
  assert.ok(specificity("projects/7") > specificity("projects/*"));
});
