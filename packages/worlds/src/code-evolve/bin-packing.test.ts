import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { binPackingUniform, binPackingWeibull, lowerBound, uniformInstances, weibullInstances } from "./bin-packing.ts";
import type { BinPackingInstances } from "./bin-packing.ts";
import { runScore } from "./run-score.ts";

const families = [
  { problem: binPackingWeibull, generate: weibullInstances },
  { problem: binPackingUniform, generate: uniformInstances },
];

test("the committed instances are the generated ones, and nothing held out is in train", () => {
  for (const { problem, generate } of families) {
    const read = (file: string): BinPackingInstances =>
      JSON.parse(readFileSync(new URL(file, problem.directory), "utf8")) as BinPackingInstances;
    assert.deepEqual(read("train.json"), generate("train"));
    assert.deepEqual(read("held-out.json"), generate("held-out"));
    // Not even the first twenty items of one are found in the other.
    const starts = new Set(generate("train").instances.map((items) => items.slice(0, 20).join()));
    for (const items of generate("held-out").instances) assert.ok(!starts.has(items.slice(0, 20).join()));
    assert.ok(!problem.files.includes("held-out.json"));
  }
});

test("the start program is best fit, and the baselines are what the score program says", async (t) => {
  for (const { problem } of families) {
    const [firstFit, bestFit] = await problem.baselines();
    assert.ok(firstFit?.name === "first fit" && bestFit?.name === "best fit");
    assert.equal(runScore(problem).result?.score, bestFit.score);
    assert.equal(runScore(problem, {}, true).result?.score, bestFit.heldOut);
    const zero = {
      "heuristic.js":
        "export const priority = (item, bins) => bins.map((space, i) => (i === bins.length - 1 ? -1 : 0));",
    };
    assert.equal(runScore(problem, zero).result?.score, firstFit.score);
    assert.equal(runScore(problem, zero, true).result?.score, firstFit.heldOut);
    for (const { name, score, heldOut } of [firstFit, bestFit])
      t.diagnostic(`${problem.id}, ${name}: ${score} train, ${heldOut} held out`);
  }
});

test("priorities that are not numbers are errors", () => {
  for (const body of ["bins.map(() => NaN)", "bins.map(() => Infinity)", "[1, 2]", "bins.map(String)", "undefined"]) {
    assert.equal(
      runScore(binPackingWeibull, { "heuristic.js": `export const priority = (item, bins) => ${body};` }).result,
      null,
      body,
    );
  }
});

test("changing the copies it is given does not help a heuristic", () => {
  const cheat =
    "export const priority = (item, bins) => { const a = bins.map((s) => item - s); bins.fill(1e9); return a; };";
  assert.equal(
    runScore(binPackingWeibull, { "heuristic.js": cheat }).result?.score,
    runScore(binPackingWeibull).result?.score,
  );
});

test("the lower bound never exceeds the optimum, and beats the volume bound where items exceed half a bin", () => {
  const items = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(items, (sizes) => {
      assert.ok(lowerBound(sizes, 20) <= optimum(sizes, 20));
    }),
    { seed: 1 },
  );
  assert.equal(lowerBound([11, 11, 11], 20), 3);
  assert.equal(lowerBound([12, 12, 9, 9, 9], 20), 4);
});

/** Fewest bins, by trying every placement. */
function optimum(items: readonly number[], capacity: number): number {
  let best = items.length;
  const place = (index: number, spaces: number[]): void => {
    if (spaces.length >= best) return;
    if (index === items.length) {
      best = spaces.length;
      return;
    }
    const item = items[index] as number;
    for (const [i, space] of spaces.entries()) if (space >= item) place(index + 1, spaces.with(i, space - item));
    place(index + 1, [...spaces, capacity - item]);
  };
  place(0, []);
  return best;
}
