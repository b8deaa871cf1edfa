import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCron } from "../src/cron/parse.ts";

test("cron shortcuts", () => {
  assert.deepEqual(parseCron("@hourly").minutes, [0]);
  assert.deepEqual(parseCron("@weekly").weekdays, [0]);
});

test("cron needs five fields", () => {
  assert.throws(() => parseCron("* * *"), /3 fields/);
});
