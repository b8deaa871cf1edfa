import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCron } from "../src/cron/parse.ts";
import { JobStore } from "../src/jobs/store.ts";
import { RunCounter } from "../src/scheduler/events.ts";
import { Scheduler } from "../src/scheduler/scheduler.ts";

test("scheduler runs what is due", () => {
  const scheduler = new Scheduler();
  const times: number[] = [];
  scheduler.add({ id: "a", schedule: { kind: "once", at: 10 }, run: (time) => times.push(time) }, 0);
  assert.deepEqual(scheduler.tick(5), []);
  assert.deepEqual(scheduler.tick(10), ["a"]);
  assert.deepEqual(times, [10]);
  assert.equal(scheduler.nextTick(), null);
});

test("scheduler keeps to the rhythm after a long sleep", () => {
  const scheduler = new Scheduler();
  scheduler.add({ id: "a", schedule: { kind: "every", milliseconds: 100 }, run: () => {} }, 0);
  scheduler.tick(0);
  assert.deepEqual(scheduler.tick(350), ["a"]);
  assert.equal(scheduler.nextTick(), 450);
});

test("scheduler with cron", () => {
  const scheduler = new Scheduler();
  scheduler.add({ id: "a", schedule: { kind: "cron", line: parseCron("@hourly") }, run: () => {} }, 0);
  assert.equal(scheduler.nextTick(), 3_600_000);
});

test("scheduler tries again", () => {
  const counter = new RunCounter();
  const scheduler = new Scheduler(new JobStore(), counter.listen);
  const fail = () => {
    throw new Error("no");
  };
  const schedule = { kind: "every", milliseconds: 60_000 } as const;
  scheduler.add({ id: "a", schedule, run: fail, retries: 2, retryDelay: 100 }, 0);
  const times: (number | null)[] = [];
  for (let now: number | null = 0; times.length < 3; now = scheduler.nextTick()) {
    scheduler.tick(now!);
    times.push(scheduler.nextTick());
  }
  assert.deepEqual(times, [100, 300, 60_300]);
  assert.equal(counter.failureRate("a"), 1);
});

test("scheduler forgets failures after a success", () => {
  const store = new JobStore();
  const scheduler = new Scheduler(store);
  const plan = ["fail", "fine", "fail"];
  const run = () => {
    if (plan.shift() === "fail") throw new Error("no");
  };
  scheduler.add({ id: "a", schedule: { kind: "every", milliseconds: 1000 }, run, retries: 1, retryDelay: 10 }, 0);
  for (const now of [0, 10, 1010]) scheduler.tick(now);
  assert.equal(scheduler.nextTick(), 1020);
});

test("scheduler cancels and pauses", () => {
  const scheduler = new Scheduler();
  const ids = ["a", "b", "c", "d", "e", "f"];
  const starts = [10, 60, 20, 70, 80, 30];
  for (const [i, id] of ids.entries()) scheduler.add({ id, schedule: { kind: "once", at: starts[i]! }, run: () => {} }, 0);
  scheduler.remove("d");
  scheduler.pause("a");
  assert.deepEqual(scheduler.tick(100), ["c", "f", "b", "e"]);
  scheduler.resume("a", 100);
  assert.deepEqual(scheduler.tick(100), ["a"]);
});
