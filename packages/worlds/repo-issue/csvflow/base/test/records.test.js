import { test } from "node:test";
import assert from "node:assert/strict";
import { parseCsv, parseRecords } from "../src/parse/records.js";

test("records by name", () => {
  assert.deepEqual(parseRecords("name,age\nAnn,31\nBob\n"), [
    { name: "Ann", age: "31" },
    { name: "Bob", age: null },
  ]);
});

test("records with too many cells", () => {
  assert.throws(() => parseRecords("a,b\n1,2\n1,2,3\n"), /row 3 has 3 cells/);
});

test("records from another system", () => {
  assert.deepEqual(parseCsv('\ufeffa;b\r\n" x ";  y\r\n\r\n', { trim: true }), [
    ["a", "b"],
    [" x ", "y"],
  ]);
});

test("records with what people said", () => {
  assert.deepEqual(parseRecords('who,said\nAnn,"She said ""no"" twice"\n'), [{ who: "Ann", said: 'She said "no" twice' }]);
});
