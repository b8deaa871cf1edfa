import assert from "node:assert/strict";
import { test } from "node:test";
import { DependencyGraph } from "../src/graph/graph.ts";
import { affected, closure } from "../src/graph/reach.ts";

const graph = new DependencyGraph().add("app", ["ui"]).add("ui", ["net"]).add("tool", ["net"]);

test("reach down", () => {
  assert.deepEqual(closure(graph, "app"), ["net", "ui"]);
});

test("reach up", () => {
  assert.deepEqual(affected(graph, "net"), ["app", "tool", "ui"]);
});
