import { test } from "node:test";
import assert from "node:assert/strict";
import { parseRecords } from "../src/parse/records.js";
import { writeCsv } from "../src/write/writer.js";

test("write with all columns", () => {
  assert.equal(writeCsv([{ a: 1 }, { b: "x,y" }]), 'a,b\n1,\n,"x,y"\n');
});

test("write and read again", () => {
  const records = [{ name: " Ann ", note: "two\nlines" }];
  assert.deepEqual(parseRecords(writeCsv(records)), records);
});

test("write for spreadsheets", () => {
  assert.equal(writeCsv([{ a: "x;y", b: "1,5" }], { delimiter: ";" }), 'a;b\n"x;y";1,5\n');
});
