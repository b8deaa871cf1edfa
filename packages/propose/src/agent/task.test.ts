import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verdict } from "@pawl/core";
import { describeTask, inWords } from "./task.ts";

const TASK = { goal: "Make it add.", known: [], rules: "", places: [{ path: "sum.js", line: 3 }] };
const CONTEXT = { editable: ["sum.js"], attempts: [], begun: null };

test("an agent and a person are told what the search would try, where it says so", () => {
  const told = describeTask(TASK, { ...CONTEXT, hint: "a boundary that is off by one near sum.js:3" });
  assert.match(told, /Worth trying now: a boundary that is off by one near sum\.js:3/);
  assert.doesNotMatch(describeTask(TASK, CONTEXT), /Worth trying now/);
});

test("scores are told where they are what counts, and so is what the files hold already", () => {
  const verdict = (scores: Record<string, number[]>): Verdict => ({
    status: "passed",
    scores,
    feedback: [{ kind: "note", name: "kept", message: "yes" }],
    cost: { wallMs: 0, cpuMs: 0 },
    evidence: [],
  });
  assert.equal(inWords(verdict({ bins: [3, 4], other: [1] }), ["bins", "absent"]), "passed, bins 3.5");
  assert.equal(inWords(verdict({ bins: [3] })), "passed");
  const told = describeTask(
    { ...TASK, scores: ["bins"] },
    {
      ...CONTEXT,
      begun: { summary: "sum.js (-1 +1)", verdict: "passed, bins 3" },
      attempts: [{ summary: "an attempt", verdict: "passed, bins 9" }],
    },
  );
  assert.match(told, /hold an earlier change: sum\.js \(-1 \+1\): passed, bins 3\n/);
  assert.match(told, /Tried before:\n- an attempt: passed, bins 9\n/);
});
