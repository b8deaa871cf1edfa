import assert from "node:assert/strict";
import { test } from "node:test";
import { DependencyGraph } from "../src/graph/graph.ts";
import { buildLayers, buildOrder } from "../src/graph/order.ts";

test("order puts needs first", () => {
  const graph = new DependencyGraph().add("app", ["lib"]).add("lib", ["core"]);
  assert.deepEqual(buildOrder(graph), ["core", "lib", "app"]);
});

test("order of a diamond", () => {
  const graph = new DependencyGraph().add("app", ["left", "right"]).add("left", ["base"]).add("right", ["base"]);
  assert.deepEqual(buildLayers(graph), [["base"], ["left", "right"], ["app"]]);
});

test("order refuses cycles", () => {
  assert.throws(() => buildOrder(new DependencyGraph().add("a", ["b"]).add("b", ["a"])), /a -> b -> a/);
});
