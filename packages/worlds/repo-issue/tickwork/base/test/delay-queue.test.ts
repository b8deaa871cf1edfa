import assert from "node:assert/strict";
import { test } from "node:test";
import { DelayQueue } from "../src/queue/delay-queue.ts";

test("queue gives what is due", () => {
  const queue = new DelayQueue<string>();
  queue.schedule("b", 20, "b");
  queue.schedule("a", 10, "a");
  assert.deepEqual(queue.due(15), ["a"]);
  assert.equal(queue.nextAt(), 20);
});

test("queue moves what is scheduled again", () => {
  const queue = new DelayQueue<string>();
  queue.schedule("a", 10, "old");
  queue.schedule("a", 30, "new");
  assert.equal(queue.size, 1);
  assert.deepEqual(queue.due(30), ["new"]);
});
