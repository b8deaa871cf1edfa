import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { IndexedHeap } from "./indexed-heap.ts";
import { similarityOfPatches } from "./similarity.ts";
import { SumTree } from "./sum-tree.ts";

const changes = fc.array(fc.tuple(fc.nat(20), fc.option(fc.nat(50), { nil: null })), { maxLength: 80 });

test("the heap's top is the greatest key, among equals the lowest tie, after any changes", () => {
  fc.assert(
    fc.property(changes, (steps) => {
      const heap = new IndexedHeap<number>();
      const known = new Map<number, number>();
      for (const [item, key] of steps) {
        if (key === null) heap.delete(item);
        else heap.set(item, key, item);
        if (key === null) known.delete(item);
        else known.set(item, key);
        const [first] = [...known].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]);
        assert.deepEqual([heap.size, heap.top()?.item], [known.size, first?.[0]]);
      }
    }),
  );
});

test("the sum tree has the sum of its weights, and each item its share", () => {
  fc.assert(
    fc.property(changes, (steps) => {
      const tree = new SumTree<number>();
      const known = new Map<number, number>();
      for (const [item, weight] of steps) {
        if (weight === null) tree.delete(item);
        else tree.set(item, weight);
        if (weight === null) known.delete(item);
        else known.set(item, weight);
      }
      const total = [...known.values()].reduce((a, b) => a + b, 0);
      assert.deepEqual([tree.size, tree.total], [known.size, total]);
      const counts = new Map<number, number>();
      for (let i = 0; i < total; i++) {
        const item = tree.at((i + 0.5) / total) as number;
        counts.set(item, (counts.get(item) ?? 0) + 1);
      }
      for (const [item, weight] of known) assert.equal(counts.get(item) ?? 0, weight);
    }),
  );
});

test("patches are as alike as their files, places and texts", () => {
  const patch = [{ path: "a.js", start: 10, end: 12, text: "<=" }];
  assert.equal(similarityOfPatches(patch, patch), 1);
  assert.equal(similarityOfPatches(patch, [{ path: "b.js", start: 10, end: 12, text: ">" }]), 0);
  const elsewhere = similarityOfPatches(patch, [{ path: "a.js", start: 90, end: 91, text: "<=" }]);
  assert.ok(Math.abs(elsewhere - 0.8) < 1e-9, String(elsewhere));
});
