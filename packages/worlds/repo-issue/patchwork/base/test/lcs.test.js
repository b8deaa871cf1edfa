import { test } from "node:test";
import assert from "node:assert/strict";
import { commonPairs } from "../src/diff/lcs.js";

test("lcs pairs", () => {
  assert.deepEqual(commonPairs([..."abcd"], [..."axcd"]), [
    [0, 0],
    [2, 2],
    [3, 3],
  ]);
  assert.deepEqual(commonPairs([], [..."a"]), []);
});

test("lcs with another equality", () => {
  assert.equal(commonPairs([..."aB"], [..."Ab"], (x, y) => x.toLowerCase() === y.toLowerCase()).length, 2);
});
