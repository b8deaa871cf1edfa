import assert from "node:assert/strict";
import { test } from "node:test";
import { upcoming } from "../src/cron/next.ts";
import { parseCron } from "../src/cron/parse.ts";

const days = (source: string, count: number) =>
  upcoming(parseCron(source), Date.parse("2024-01-01T00:00Z"), count).map((at) => new Date(at).toISOString().slice(5, 10));

test("hidden: both limited", () => {
  assert.deepEqual(days("0 0 5 * mon", 4), ["01-05", "01-08", "01-15", "01-22"]);
});

test("hidden: only one limited", () => {
  assert.deepEqual(days("0 0 5 * *", 3), ["01-05", "02-05", "03-05"]);
  assert.deepEqual(days("0 0 * * mon", 2), ["01-08", "01-15"]);
});

test("hidden: none limited", () => {
  assert.deepEqual(
    ["* * * * *", "0 0 1 * *", "0 0 * * 1", "0 0 1 * 1"].map((source) => parseCron(source).anyDay),
    [false, false, false, true],
  );
});
