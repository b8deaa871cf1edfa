import assert from "node:assert/strict";
import { test } from "node:test";
import { JobStore } from "../src/jobs/store.ts";

test("hidden: a success ends the streak", () => {
  const store = new JobStore();
  store.failed("a", 1, "x");
  store.failed("a", 2, "x");
  store.succeeded("a", 3);
  assert.deepEqual(store.get("a"), { runs: 3, failures: 2, streak: 0, lastRun: 3, lastError: null });
});

test("hidden: the streak starts anew", () => {
  const store = new JobStore();
  for (const ok of [false, true, false, false]) {
    if (ok) store.succeeded("a", 0);
    else store.failed("a", 0, new Error("e"));
  }
  assert.equal(store.get("a").streak, 2);
  assert.equal(JobStore.load(store.save()).get("a").streak, 2);
});
