import { test } from "node:test";
import assert from "node:assert/strict";
import { inferSchema } from "../src/schema/infer.js";
import { isDate, TYPES } from "../src/schema/types.js";

test("hidden: numbers as they are written", () => {
  assert.deepEqual(["0", "-7", "+12", "007", "-01", "00"].map(TYPES.integer.test), [true, true, true, false, false, false]);
});

test("hidden: codes are texts", () => {
  assert.equal(inferSchema([{ zip: "01067" }, { zip: "80331" }]).zip.type, "string");
});

test("hidden: months that a year does not have", () => {
  assert.deepEqual(["2024-12-31", "2024-00-15", "2024-25-05"].map(isDate), [true, false, false]);
  assert.equal(inferSchema([{ day: "2024-31-12" }, { day: "2024-13-11" }]).day.type, "string");
});
