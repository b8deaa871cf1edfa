import { test } from "node:test";
import assert from "node:assert/strict";
import { scan } from "../src/parse/scanner.js";

const texts = (text, options) => scan(text, options).map((row) => row.map((cell) => cell.text));

test("scan plain rows", () => {
  assert.deepEqual(texts("a,b\n1,2\n"), [
    ["a", "b"],
    ["1", "2"],
  ]);
});

test("scan quotes", () => {
  assert.deepEqual(texts('"a,1","b\nc"'), [["a,1", "b\nc"]]);
  assert.throws(() => texts('"a'), SyntaxError);
});

test("scan empty cells", () => {
  assert.deepEqual(texts("a,,c\n,,\n"), [
    ["a", "", "c"],
    ["", "", ""],
  ]);
});
