import { test } from "node:test";
import assert from "node:assert/strict";
import { textFilters } from "../lib/filters/text.js";

test("text filters", () => {
  assert.equal(textFilters.title("élan vital don't"), "Élan Vital Don't");
  assert.equal(textFilters.pad(7, 3, "0"), "007");
  assert.equal(textFilters.upper(null), "");
});

test("text is cut at a word", () => {
  assert.equal(textFilters.truncate("one two three", 9), "one two…");
  assert.equal(textFilters.truncate("short", 9), "short");
});
