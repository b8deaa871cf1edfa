import assert from "node:assert/strict";
import { test } from "node:test";
import { readTable, sum, writeTable } from "../src/index.js";

test("names the fields and reads their values", () => {
  const { columns, records } = readTable('name,born,score,active\nAda,1815-12-10,"1,024.5",true\n');
  assert.deepEqual(columns, ["name", "born", "score", "active"]);
  assert.deepEqual(records, [{ name: "Ada", born: new Date("1815-12-10"), score: 1024.5, active: true }]);
});

test("leaves out blank lines and fills short records", () => {
  const { records } = readTable("a,b\n\n1,2\n\n3\n");
  assert.deepEqual(records, [
    { a: 1, b: 2 },
    { a: 3, b: null },
  ]);
});

test("does not take every date for a day", () => {
  const { records } = readTable("day\n2023-02-30\n2024-02-29\n");
  assert.deepEqual(records, [{ day: "2023-02-30" }, { day: new Date("2024-02-29") }]);
});

test("numbers names that come twice", () => {
  assert.deepEqual(readTable("x,y,x,x\n").columns, ["x", "y", "x_2", "x_3"]);
});

test("refuses a record longer than the header", () => {
  assert.throws(() => readTable("a,b\n1,2\n1,2,3\n"), /record 2 has 3 fields, the header has 2/);
});

test("adds up a column pasted without its last line end", () => {
  assert.equal(sum(readTable("amount\n10\n20\n12").records, "amount"), 42);
});

test("writes what it has read", () => {
  const text = 'name;score\nAda;3\n;\n"Grace; H.";4\n';
  assert.equal(writeTable(readTable(text), { delimiter: ";" }), text);
});
