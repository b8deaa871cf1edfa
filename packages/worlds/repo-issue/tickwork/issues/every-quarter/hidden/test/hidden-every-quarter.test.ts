import assert from "node:assert/strict";
import { test } from "node:test";
import { FIELDS, parseField } from "../src/cron/field.ts";

test("hidden: a start with a step", () => {
  assert.deepEqual(parseField("50/4", FIELDS[0]!), [50, 54, 58]);
  assert.deepEqual(parseField("mar/4", FIELDS[3]!), [3, 7, 11]);
});

test("hidden: in a list, with and without a step", () => {
  assert.deepEqual(parseField("5,20/20", FIELDS[0]!), [5, 20, 40]);
  assert.deepEqual(parseField("3,22/1", FIELDS[1]!), [3, 22, 23]);
});
