import { test } from "node:test";
import assert from "node:assert/strict";
import { numberFilters } from "../lib/filters/number.js";

test("number filters", () => {
  assert.equal(numberFilters.grouped(1234567.5), "1,234,567.5");
  assert.equal(numberFilters.grouped(-123), "-123");
  assert.equal(numberFilters.plural(1, "item"), "item");
  assert.equal(numberFilters.default(0, 5), 0);
});
