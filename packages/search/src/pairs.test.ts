import assert from "node:assert/strict";
import { test } from "node:test";
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
