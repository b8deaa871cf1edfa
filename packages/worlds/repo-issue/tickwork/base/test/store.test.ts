import assert from "node:assert/strict";
import { test } from "node:test";
import { JobStore } from "../src/jobs/store.ts";

test("store counts", () => {
  const store = new JobStore();
  store.failed("a", 1, new Error("no"));
  assert.deepEqual(store.get("a"), { runs: 1, failures: 1, streak: 1, lastRun: 1, lastError: "no" });
});

test("store is saved and loaded", () => {
  const store = new JobStore();
  store.succeeded("a", 5);
  assert.deepEqual(JobStore.load(store.save()).get("a"), store.get("a"));
});
