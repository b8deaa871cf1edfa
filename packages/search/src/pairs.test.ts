import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { PairQueue } from "./pairs.ts";

test("every pair comes once, the greatest sum of gains first", () => {
  const queue = new PairQueue(10);
  for (const [id, gain] of [
    ["a", 1],
    ["b", 5],
    ["c", 3],
  ] as const)
    queue.add({ id, gain });
  assert.equal(queue.size, 3);
  assert.deepEqual(
    [queue.take(), queue.take(), queue.take(), queue.take()],
    [["b", "c"], ["a", "b"], ["a", "c"], null],
  );
});

test("a newcomer is paired with the best few only", () => {
  const queue = new PairQueue(2);
  for (let gain = 1; gain <= 50; gain++) queue.add({ id: String(gain), gain });
  assert.ok(queue.size <= 2 * 50, `${queue.size} pairs wait`);
  assert.deepEqual(queue.take(), ["49", "50"]);
});

/** Every candidate improves, and every fourth ask takes a pair: what comes of it. */
function longRun(queue: PairQueue, improvements: number): readonly (readonly [string, string] | null)[] {
  const rng = Rng.of("pairs");
  return Array.from({ length: improvements }, (_, i) => {
    queue.add({ id: String(i), gain: rng.int(50) });
    return i % 4 === 0 ? queue.take() : null;
  });
}

test("no more wait than can ever be taken, however long the run", () => {
  const queue = new PairQueue(12);
  longRun(queue, 5000);
  assert.ok(queue.size <= 1000, `${queue.size} pairs wait`);
});

test("in a run of two thousand evaluations what is dropped would not have been taken", () => {
  const [some, all] = [new PairQueue(12), new PairQueue(12, Infinity)];
  assert.deepEqual(longRun(some, 2000), longRun(all, 2000));
  assert.ok(all.size > 10 * some.size);
});

test("the least gains are dropped, and of equal ones the last to come", () => {
  const queue = new PairQueue(12, 2);
  for (const [id, gain] of [
    ["a", 2],
    ["b", 2],
    ["c", 2],
    ["d", 3],
  ] as const)
    queue.add({ id, gain });
  assert.deepEqual([queue.take(), queue.take(), queue.take()], [["a", "d"], ["b", "d"], null]);
});
