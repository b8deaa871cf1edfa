import assert from "node:assert/strict";
import { test } from "node:test";
import { DependencyGraph } from "../src/graph/graph.ts";

test("graph knows both directions", () => {
  const graph = new DependencyGraph().add("app", ["ui", "net"]).add("ui", ["net"]);
  assert.deepEqual(graph.needsOf("app"), ["net", "ui"]);
  assert.deepEqual(graph.usersOf("net"), ["app", "ui"]);
  assert.ok(graph.has("net"));
});

test("graph forgets", () => {
  const graph = new DependencyGraph().add("app", ["ui"]);
  graph.remove("ui");
  assert.deepEqual(graph.names(), ["app"]);
});
