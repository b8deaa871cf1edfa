import { test } from "node:test";
import assert from "node:assert/strict";
import { isDate, TYPES } from "../src/schema/types.js";

test("types tell numbers from codes", () => {
  assert.ok(TYPES.integer.test("-12"));
  assert.ok(TYPES.number.test("1.5e3"));
  assert.ok(!TYPES.number.test("1.2.3"));
});

test("types know dates", () => {
  assert.ok(isDate("2024-02-29"));
  assert.ok(!isDate("2024-13-01"));
  assert.ok(!isDate("2024-12-41"));
});
