import assert from "node:assert/strict";
import { test } from "node:test";
import { Heap } from "../src/queue/heap.ts";

const drain = (heap: Heap<number>) => {
  const items: number[] = [];
  while (heap.size > 0) items.push(heap.pop()!);
  return items;
};

test("heap sorts", () => {
  const heap = new Heap<number>((a, b) => a - b);
  for (const item of [5, 1, 4, 2, 3]) heap.push(item);
  assert.equal(heap.peek(), 1);
  assert.deepEqual(drain(heap), [1, 2, 3, 4, 5]);
});

test("heap removes from the middle", () => {
  const heap = new Heap<number>((a, b) => a - b);
  for (const item of [1, 2, 3]) heap.push(item);
  assert.ok(heap.remove((item) => item === 2));
  assert.ok(!heap.remove((item) => item === 9));
  assert.deepEqual(drain(heap), [1, 3]);
});
