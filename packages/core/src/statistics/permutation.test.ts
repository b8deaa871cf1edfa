import assert from "node:assert/strict";
import { test } from "node:test";
import wilcoxon from "@stdlib/stats-wilcoxon";
import fc from "fast-check";
import { permutationTest as reference } from "simple-statistics";
import { Rng } from "../rng.ts";
import { mannWhitney } from "./mann-whitney.ts";
import { permutationTest } from "./permutation.ts";

const rng = Rng.of("permutation");

test("by hand: three pairs, all positive", () => {
  const result = permutationTest([1, 2, 3], [0, 0, 0], {
    rng,
    paired: true,
    alternative: "greater",
  });
  assert.deepEqual(result, { difference: 2, pValue: 1 / 8, exact: true });
  assert.equal(permutationTest([5, 6], [1, 2], { rng, alternative: "greater" }).pValue, 1 / 6);
  assert.equal(permutationTest([5, 6], [1, 2], { rng }).pValue, 2 / 6);
});

test("paired, on signed ranks: it is the exact signed-rank test of @stdlib", () => {
  for (let stream = 0; stream < 20; stream++) {
    const draws = Rng.of("pairs", stream);
    const differences = Array.from({ length: 9 }, () => draws.normal() + 0.4);
    const order = differences.map(Math.abs).toSorted((a, b) => a - b);
    const signedRanks = differences.map((d) => Math.sign(d) * (order.indexOf(Math.abs(d)) + 1));
    const zeros = signedRanks.map(() => 0);
    for (const alternative of ["greater", "less", "two-sided"] as const) {
      const ours = permutationTest(signedRanks, zeros, { rng, paired: true, alternative });
      assert.ok(
        Math.abs(ours.pValue - wilcoxon(differences, { alternative, exact: true, correction: false }).pValue) < 1e-9,
        alternative,
      );
    }
  }
});

test("two samples, on ranks: it is the exact Mann-Whitney test", () => {
  for (let stream = 0; stream < 20; stream++) {
    const ranks = Rng.of("ranks", stream).shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const [a, b] = [ranks.slice(0, 4), ranks.slice(4)];
    for (const alternative of ["greater", "less"] as const) {
      assert.ok(
        Math.abs(permutationTest(a, b, { rng, alternative }).pValue - mannWhitney(a, b, alternative).pValue) < 1e-12,
      );
    }
  }
});

test("exact, random and simple-statistics agree within sampling error", () => {
  const draws = Rng.of("agree");
  for (let stream = 0; stream < 5; stream++) {
    const a = Array.from({ length: 8 }, () => draws.normal() + 0.8);
    const b = Array.from({ length: 7 }, () => draws.normal());
    const exact = permutationTest(a, b, { rng });
    const sampled = permutationTest(a, b, { rng: Rng.of("mc", stream), exactLimit: 0 });
    assert.ok(exact.exact && !sampled.exact);
    assert.ok(Math.abs(exact.pValue - sampled.pValue) < 0.02);
    const source = Rng.of("oracle", stream);
    assert.ok(Math.abs(exact.pValue - reference(a, b, "two_side", 4000, () => source.uniform())) < 0.05);
  }
});

test("p-values are in (0, 1], and the smallest possible one is never 0", () => {
  const sample = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 7 });
  fc.assert(
    fc.property(sample, sample, fc.boolean(), (a, b, few) => {
      const { pValue } = permutationTest(a, b, {
        rng: Rng.of(0),
        exactLimit: few ? 0 : 50_000,
        resamples: 99,
      });
      assert.ok(pValue > 0 && pValue <= 1);
    }),
    { seed: 1, numRuns: 50 },
  );
  const far = Array.from({ length: 40 }, (_, i) => 100 + i);
  const near = Array.from({ length: 40 }, (_, i) => i);
  assert.equal(permutationTest(far, near, { rng, resamples: 999 }).pValue, 1 / 1000);
  assert.throws(() => permutationTest([1], [1, 2], { rng, paired: true }), RangeError);
});
