import assert from "node:assert/strict";
import { test } from "node:test";
import { FIELDS, parseField } from "../src/cron/field.ts";

const [minute, , , month, weekday] = FIELDS as [never, never, never, never, never];

test("field lists and ranges", () => {
  assert.deepEqual(parseField("5,1-3", minute), [1, 2, 3, 5]);
  assert.deepEqual(parseField("mon-fri", weekday), [1, 2, 3, 4, 5]);
  assert.deepEqual(parseField("Feb,dec", month), [2, 12]);
});

test("field steps", () => {
  assert.deepEqual(parseField("*/20", minute), [0, 20, 40]);
});

test("field refuses", () => {
  for (const text of ["60", "", "a", "5-1", "*/0"]) assert.throws(() => parseField(text, minute), SyntaxError);
});
