import assert from "node:assert/strict";
import { test } from "node:test";
import { nextRun, upcoming } from "../src/cron/next.ts";
import { parseCron } from "../src/cron/parse.ts";

const next = (source: string, after: string) => {
  const at = nextRun(parseCron(source), Date.parse(after));
  return at === null ? null : new Date(at).toISOString().slice(0, 16);
};

test("next run on the same day", () => {
  assert.equal(next("30 9 * * *", "2024-01-01T08:00Z"), "2024-01-01T09:30");
  assert.equal(next("30 9 * * *", "2024-01-01T09:30Z"), "2024-01-02T09:30");
});

test("next run in another month", () => {
  assert.equal(next("0 0 1 3 *", "2024-01-15T08:00Z"), "2024-03-01T00:00");
});

test("next run that never comes", () => {
  assert.equal(next("0 0 31 2 *", "2024-01-01T00:00Z"), null);
});

test("next runs in a row", () => {
  assert.equal(upcoming(parseCron("@daily"), 0, 3).length, 3);
});

test("next run from ten past on", () => {
  assert.equal(next("10/25 * * * *", "2024-01-01T08:11Z"), "2024-01-01T08:35");
});

test("next run on the 13th or a Friday", () => {
  assert.equal(next("0 12 13 * fri", "2024-02-10T00:00Z"), "2024-02-13T12:00");
  assert.equal(next("0 12 13 * fri", "2024-02-13T12:00Z"), "2024-02-16T12:00");
});
