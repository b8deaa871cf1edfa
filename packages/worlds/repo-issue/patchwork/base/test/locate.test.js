import { test } from "node:test";
import assert from "node:assert/strict";
import { locate } from "../src/patch/locate.js";

test("locate the nearest", () => {
  assert.equal(locate([..."abcabc"], [..."ab"], 3, 5), 3);
  assert.equal(locate([..."abcabc"], [..."bc"], 3, 5), 4);
  assert.equal(locate([..."abc"], [..."x"], 0, 5), -1);
});

test("locate within reach", () => {
  assert.equal(locate([..."....x"], ["x"], 0, 3), -1);
  assert.equal(locate([..."....x"], ["x"], 0, 4), 4);
});
