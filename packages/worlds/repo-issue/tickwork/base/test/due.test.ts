import assert from "node:assert/strict";
import { test } from "node:test";
import { nextDue, nextRetry } from "../src/jobs/due.ts";
import { FRESH, type Job } from "../src/jobs/job.ts";

const job = (more: Partial<Job>): Job => ({ id: "j", schedule: { kind: "every", milliseconds: 100 }, run: () => {}, ...more });

test("due at intervals", () => {
  assert.equal(nextDue(job({}), FRESH, 5), 5);
  assert.equal(nextDue(job({}), { ...FRESH, lastRun: 50 }, 60), 150);
});

test("due once", () => {
  const once = job({ schedule: { kind: "once", at: 70 } });
  assert.equal(nextDue(once, FRESH, 5), 70);
  assert.equal(nextDue(once, { ...FRESH, runs: 1 }, 80), null);
});

test("no retry without a failure", () => {
  assert.equal(nextRetry(job({ retries: 3 }), FRESH, 0), null);
});
