import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAnswer } from "./expert-desk.ts";

test("keep, veto, families, and both", () => {
  assert.deepEqual(parseAnswer(""), { decision: "keep", families: null });
  assert.deepEqual(parseAnswer(" K "), { decision: "keep", families: null });
  assert.deepEqual(parseAnswer("veto"), { decision: "veto", families: null });
  assert.deepEqual(parseAnswer("v lookup, early-exit"), { decision: "veto", families: ["lookup", "early-exit"] });
  assert.deepEqual(parseAnswer("copy"), { decision: "keep", families: ["copy"] });
});

test("anything else is answered with the list", () => {
  for (const line of ["?", "faster", "v nothing"]) assert.match(String(parseAnswer(line)), /lookup: a set or a map/);
});
