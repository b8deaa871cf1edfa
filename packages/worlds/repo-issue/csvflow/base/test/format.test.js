import { test } from "node:test";
import assert from "node:assert/strict";
import { formatValue } from "../src/write/format.js";

test("format values", () => {
  assert.deepEqual([null, 1.5, -0, NaN, true].map(formatValue), ["", "1.5", "0", "", "true"]);
  assert.equal(formatValue(new Date(0)), "1970-01-01");
});
