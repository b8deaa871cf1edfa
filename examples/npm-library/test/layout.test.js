import assert from "node:assert/strict";
import { test } from "node:test";
import { layout, readTable } from "../src/index.js";

test("aligns text to the left and numbers to the right", () => {
  const text = layout(readTable("city,people\nLyon,522\nParis,2102\n"));
  assert.equal(text, ["city   people", "-----  ------", "Lyon      522", "Paris    2102"].join("\n"));
});

test("clips long cells and joins their lines", () => {
  const table = { columns: ["note"], records: [{ note: "first\nsecond third" }] };
  assert.equal(layout(table, { maxWidth: 8 }), ["note", "--------", "first s…"].join("\n"));
});
