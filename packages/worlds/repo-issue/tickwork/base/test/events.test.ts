import assert from "node:assert/strict";
import { test } from "node:test";
import { RunCounter } from "../src/scheduler/events.ts";

test("events are counted", () => {
  const counter = new RunCounter();
  counter.listen({ kind: "success", id: "a", time: 0 });
  counter.listen({ kind: "failure", id: "a", time: 1, tries: 1 });
  assert.equal(counter.failureRate("a"), 0.5);
  assert.equal(counter.failureRate("b"), 0);
});
