import assert from "node:assert/strict";
import { test } from "node:test";
import { rankByConsensus } from "./consensus.ts";

test("many that do the same outvote one that is a little likelier", () => {
  const crowd = Array.from({ length: 4 }, () => ({ logWeight: -5, outcomes: ["1", "2"] }));
  assert.equal(rankByConsensus([{ logWeight: -4.5, outcomes: ["1", "3"] }, ...crowd], ["0", "0"])[0], 1);
});

test("one that is much likelier is not outvoted", () => {
  const crowd = Array.from({ length: 4 }, () => ({ logWeight: -12, outcomes: ["1", "2"] }));
  assert.equal(rankByConsensus([{ logWeight: -4, outcomes: ["1", "3"] }, ...crowd], ["0", "0"])[0], 0);
});

test("of two equally likely programs the one nearer to the base comes first, whatever their order", () => {
  const near = { logWeight: -5, outcomes: ["1", "2", "3", "9"] };
  const far = { logWeight: -5, outcomes: ["7", "8", "3", "9"] };
  const base = ["1", "2", "3", "4"];
  assert.deepEqual(rankByConsensus([far, near], base), [1, 0]);
  assert.deepEqual(rankByConsensus([near, far], base), [0, 1]);
});

test("within one program the likelier patch comes first; none is lost", () => {
  const patches = [-9, -3, -6].map((logWeight) => ({ logWeight, outcomes: ["1"] }));
  assert.deepEqual(rankByConsensus(patches, ["1"]), [1, 2, 0]);
  assert.deepEqual(rankByConsensus([], []), []);
});
