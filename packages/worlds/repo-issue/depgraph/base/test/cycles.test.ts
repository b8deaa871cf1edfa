import assert from "node:assert/strict";
import { test } from "node:test";
import { findCycle } from "../src/graph/cycles.ts";
import { DependencyGraph } from "../src/graph/graph.ts";

test("cycle is found", () => {
  const graph = new DependencyGraph().add("a", ["b"]).add("b", ["c"]).add("c", ["b"]);
  assert.deepEqual(findCycle(graph), ["b", "c", "b"]);
});

test("cycle of none", () => {
  assert.equal(findCycle(new DependencyGraph().add("a", ["b"]).add("b", ["c"])), null);
});
