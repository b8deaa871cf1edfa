import assert from "node:assert/strict";
import { test } from "node:test";
import { describeTask } from "./task.ts";

const TASK = { testLine: "npm test", failing: [{ test: "adds" }], suspicious: ["sum.js:3"] };

test("an agent and a person are told what the search would try, where it says so", () => {
  const told = describeTask(TASK, ["sum.js"], [], "a boundary that is off by one near sum.js:3");
  assert.match(told, /Worth trying now: a boundary that is off by one near sum\.js:3/);
  assert.doesNotMatch(describeTask(TASK, ["sum.js"], []), /Worth trying now/);
});
