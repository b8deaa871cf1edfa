import { test } from "node:test";
import assert from "node:assert/strict";
import { countOutsideQuotes, guessDelimiter } from "../src/parse/dialect.js";

test("delimiter that is found in all lines", () => {
  assert.equal(guessDelimiter("a;b\n1,5;2\n"), ";");
  assert.equal(guessDelimiter("a\tb\n1\t2\n"), "\t");
  assert.equal(guessDelimiter("single"), ",");
});

test("delimiters in quotes do not count", () => {
  assert.equal(countOutsideQuotes('"a,b",c', ","), 1);
});
