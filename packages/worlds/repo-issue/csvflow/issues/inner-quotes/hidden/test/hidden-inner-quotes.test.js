import { test } from "node:test";
import assert from "node:assert/strict";
import { parseCsv } from "../src/parse/records.js";
import { scan } from "../src/parse/scanner.js";

test("hidden: quotes at the edges of a cell", () => {
  assert.deepEqual(parseCsv('"""a""",b'), [['"a"', "b"]]);
});

test("hidden: a cell of quotes only", () => {
  assert.deepEqual(scan('"""",""'), [[{ text: '"', quoted: true }, { text: "", quoted: true }]]);
});

test("hidden: another quote character", () => {
  assert.deepEqual(scan("'it''s',x", { quote: "'" })[0].map((cell) => cell.text), ["it's", "x"]);
});
