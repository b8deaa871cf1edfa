import assert from "node:assert/strict";
import { test } from "node:test";
import { DelayQueue } from "../src/queue/delay-queue.ts";
import { Heap } from "../src/queue/heap.ts";

const items = [9, 4, 7, 1, 8, 2, 6, 3, 5];

test("hidden: any item can be removed", () => {
  for (const gone of items) {
    const heap = new Heap<number>((a, b) => a - b);
    for (const item of items) heap.push(item);
    heap.remove((item) => item === gone);
    const rest: number[] = [];
    while (heap.size > 0) rest.push(heap.pop()!);
    assert.deepEqual(rest, items.filter((item) => item !== gone).sort());
  }
});

test("hidden: removing the last one of two", () => {
  const heap = new Heap<string>((a, b) => (a < b ? -1 : 1));
  heap.push("a");
  heap.push("b");
  assert.ok(heap.remove((item) => item === "b"));
  assert.equal(heap.pop(), "a");
});

test("hidden: cancelling keeps the others", () => {
  const queue = new DelayQueue<string>();
  for (const [i, id] of ["a", "b", "c", "d"].entries()) queue.schedule(id, 40 - i * 10, id);
  queue.cancel("b");
  assert.deepEqual(queue.due(100), ["d", "c", "a"]);
});
