import { test } from "node:test";
import assert from "node:assert/strict";
import { findCloser } from "../lib/inline/delimiters.js";

test("closers", () => {
  assert.equal(findCloser("*ab* c", 0, "*"), 3);
  assert.equal(findCloser("* ab*", 0, "*"), -1);
  assert.equal(findCloser("*a\\*b*", 0, "*"), 5);
});
