import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRows, stringifyRows } from "../src/index.js";

test("quotes only what needs it", () => {
  assert.equal(stringifyRows([["a b", "c,d", 'e"f', " g"]]), 'a b,"c,d","e""f"," g"\n');
});

test("writes days, numbers, booleans and empty values", () => {
  assert.equal(stringifyRows([[new Date("2024-02-29"), 1.5, true, null, undefined]]), "2024-02-29,1.5,true,,\n");
});

test("what is written is read again", () => {
  const rows = [
    ["plain", 'quote " here', "two\r\nlines"],
    ["", " spaced ", ";"],
  ];
  for (const delimiter of [",", ";", "\t"])
    assert.deepEqual(parseRows(stringifyRows(rows, { delimiter }), { delimiter }), rows);
});
