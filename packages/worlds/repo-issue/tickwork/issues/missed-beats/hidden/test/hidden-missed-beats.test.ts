import assert from "node:assert/strict";
import { test } from "node:test";
import { nextDue, nextRetry } from "../src/jobs/due.ts";
import { FRESH, type Job } from "../src/jobs/job.ts";

const job = (more: Partial<Job>): Job => ({ id: "j", schedule: { kind: "every", milliseconds: 100 }, run: () => {}, ...more });

test("hidden: the next beat after a gap", () => {
  const state = { ...FRESH, lastRun: 1000 };
  assert.deepEqual(
    [1000, 1099, 1100, 1250].map((now) => nextDue(job({}), state, now)),
    [1100, 1100, 1200, 1300],
  );
});

test("hidden: as many retries as allowed", () => {
  const retry = (streak: number) => nextRetry(job({ retries: 2, retryDelay: 10 }), { ...FRESH, streak }, 0);
  assert.deepEqual([1, 2, 3].map(retry), [10, 20, null]);
});

test("hidden: a single retry", () => {
  assert.equal(nextRetry(job({ retries: 1 }), { ...FRESH, streak: 1 }, 7), 1007);
});
