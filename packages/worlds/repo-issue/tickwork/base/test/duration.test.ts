import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDuration, parseDuration } from "../src/util/duration.ts";

test("duration both ways", () => {
  assert.equal(parseDuration("1h 30m"), 5_400_000);
  assert.equal(formatDuration(5_400_000), "1h 30m");
  assert.equal(formatDuration(0), "0s");
  assert.throws(() => parseDuration("soon"), SyntaxError);
});
