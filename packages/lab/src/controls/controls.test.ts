import assert from "node:assert/strict";
import { test } from "node:test";
import type { Evaluated, Json, Search, Verdict } from "@pawl/core";
import { sameAgain } from "./identity.ts";
import { shuffledWithinRounds } from "./shuffled.ts";
import { NoisyVerifier, sparse, shareOnly } from "./told.ts";

function verdict(passing: number, cases: number): Verdict {
  return {
    status: passing === cases ? "passed" : "failed",
    scores: { passed: [passing / cases], closeness: [0.5] },
    failing: Array.from({ length: cases - passing }, (_, i) => `case ${i}`),
    feedback: [{ kind: "test", message: "returned another value" }],
    cost: { wallMs: 1, cpuMs: 1 },
    evidence: [],
  };
}

test("the share alone has no closeness, pass or fail has nothing else", () => {
  assert.deepEqual(shareOnly(verdict(1, 3)).scores, { passed: [1 / 3] });
  const told = sparse(verdict(2, 3));
  assert.deepEqual([told.scores, told.feedback, told.failing], [{ passed: [0] }, [], undefined]);
  assert.equal(sparse(verdict(3, 3)).status, "passed");
});

test("each case is turned round with the probability asked for, the same way for the same seed", () => {
  const cases = 4;
  const share = (p: number): number => {
    const noisy = new NoisyVerifier({ p, cases, seed: 1, name: "task" });
    let sum = 0;
    for (let n = 0; n < 2000; n++) sum += noisy.told(verdict(3, cases), String(n)).scores["passed"]?.[0] as number;
    return sum / 2000;
  };
  assert.equal(share(0), 0.75);
  assert.equal(share(1), 0.25);
  assert.ok(Math.abs(share(0.1) - (0.75 * 0.9 + 0.25 * 0.1)) < 0.02);
  assert.equal(share(0.3), share(0.3));
  const certain = new NoisyVerifier({ p: 0, cases, seed: 1, name: "task" });
  assert.equal(certain.told(verdict(4, 4), "a").status, "passed");
  assert.equal(certain.told(verdict(3, 4), "b").status, "failed");
});

test("a further judging errs anew, and an unknown candidate has none", () => {
  const noisy = new NoisyVerifier({ p: 0.5, cases: 20, seed: 1, name: "task" });
  noisy.told(verdict(10, 20), "a");
  const further = new Set(Array.from({ length: 10 }, () => noisy.again("a")?.scores["passed"]?.[0]));
  assert.ok(further.size > 2);
  assert.equal(noisy.again("b"), null);
});

test("within a round the search is told the right verdicts of the wrong candidates, each once", () => {
  const heard: Evaluated[] = [];
  const inner = { id: "x", tell: (each: Evaluated) => heard.push(each), state: (): Json => null } as unknown as Search;
  const search = shuffledWithinRounds(inner, 6, 1);
  const results = Array.from({ length: 12 }, (_, n): Evaluated => ({
    candidate: { id: String(n), changes: [], parents: [], origin: { proposer: "test", summary: "" } },
    request: { parent: "", edits: 1, temperature: 1 },
    verdict: verdict(n, 12),
    fitness: n,
    confirmed: false,
  }));
  for (const each of results.slice(0, 5)) search.tell(each);
  assert.equal(heard.length, 0);
  for (const each of results.slice(5)) search.tell(each);
  assert.deepEqual(
    heard.map(({ candidate }) => candidate.id),
    results.map(({ candidate }) => candidate.id),
  );
  const dealt = heard.map(({ fitness }) => fitness as number);
  assert.deepEqual(
    dealt.slice(0, 6).toSorted((a, b) => a - b),
    [0, 1, 2, 3, 4, 5],
  );
  assert.notDeepEqual(
    dealt,
    results.map(({ fitness }) => fitness),
  );
});

test("the same again has a seed that no arm has", () => {
  assert.notEqual(sameAgain(1), 1);
  assert.ok(sameAgain(1) > 1000);
});
