import assert from "node:assert/strict";
import { test } from "node:test";
import { findCycle } from "../src/graph/cycles.ts";
import { DependencyGraph } from "../src/graph/graph.ts";
import { buildLayers } from "../src/graph/order.ts";

test("hidden: shared needs are no cycle", () => {
  const graph = new DependencyGraph().add("a", ["c"]).add("b", ["c"]).add("c", ["d"]).add("e", ["a", "b", "d"]);
  assert.equal(findCycle(graph), null);
  assert.deepEqual(buildLayers(graph), [["d"], ["c"], ["a", "b"], ["e"]]);
});

test("hidden: only the names on the cycle are given", () => {
  const graph = new DependencyGraph().add("a", ["b", "x"]).add("b", []).add("x", ["y"]).add("y", ["x", "b"]);
  assert.deepEqual(findCycle(graph), ["x", "y", "x"]);
});
