import assert from "node:assert/strict";
import { test } from "node:test";
import { UsageError } from "@pawl/core";
import { parseObjectives } from "./objectives.ts";

const plain = { minimize: false, minGain: 0 };

test("names, directions and tolerances", () => {
  assert.deepEqual(parseObjectives("score", plain), [{ objective: "score", sign: 1, minGain: 0, tolerance: 0 }]);
  assert.deepEqual(parseObjectives("bins, seconds:min:0.05,quality:max", { minimize: true, minGain: 2 }), [
    { objective: "bins", sign: -1, minGain: 2, tolerance: 0 },
    { objective: "seconds", sign: -1, minGain: 0, tolerance: 0.05 },
    { objective: "quality", sign: 1, minGain: 0, tolerance: 0 },
  ]);
});

test("what is no objective is said", () => {
  for (const text of ["", "a,", "a:lower", "a:min:x", "a:min:-1", "a:min:", "a:min:1:2", "a,a", "a:min:Infinity"])
    assert.throws(() => parseObjectives(text, plain), UsageError, text);
});
