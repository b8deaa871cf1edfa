import assert from "node:assert/strict";
import { test } from "node:test";
import { guessDelimiter } from "../src/index.js";

test("guesses the delimiter from the first line", () => {
  assert.equal(guessDelimiter("a;b;c\n1,5;2;3\n"), ";");
  assert.equal(guessDelimiter("a\tb\n"), "\t");
});

test("does not count delimiters in quotes", () => {
  assert.equal(guessDelimiter('"a;b;c;d",e\n'), ",");
});

test("takes a comma when there is nothing to go by", () => {
  assert.equal(guessDelimiter(""), ",");
  assert.equal(guessDelimiter("name\n1|2\n"), ",");
});
