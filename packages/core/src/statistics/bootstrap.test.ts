import assert from "node:assert/strict";
import { test } from "node:test";
import ttest2 from "@stdlib/stats-ttest2";
import { Rng } from "../rng.ts";
import { bootstrapInterval } from "./bootstrap.ts";
import { meanOf, summary } from "./summary.ts";

test("same seed, same interval; it holds the estimate", () => {
  const values = draw(Rng.of(1), 20, (rng) => rng.normal());
  for (const method of ["bca", "percentile"] as const) {
    const first = bootstrapInterval(values, meanOf, { rng: Rng.of("b"), method });
    assert.deepEqual(bootstrapInterval(values, meanOf, { rng: Rng.of("b"), method }), first);
    assert.ok(first.low < first.estimate && first.estimate < first.high);
  }
});

test("large normal sample: agrees with the t interval of @stdlib", () => {
  const values = draw(Rng.of(2), 400, (rng) => 3 + rng.normal());
  const zeros = draw(Rng.of(2), 400, () => 0);
  const [low, high] = ttest2(values, zeros, { variance: "unequal" }).ci as unknown as [number, number];
  const interval = bootstrapInterval(values, meanOf, { rng: Rng.of("b"), resamples: 8000 });
  assert.ok(Math.abs(interval.low - low) < 0.01 && Math.abs(interval.high - high) < 0.01);
  assert.ok(Math.abs(interval.standardError - summary(values).standardError) < 0.002);
});

test("skewed data: both cover, and BCa misses less one-sidedly than percentiles", () => {
  const streams = 300;
  const tooLow = { bca: 0, percentile: 0 };
  const tooHigh = { bca: 0, percentile: 0 };
  for (let stream = 0; stream < streams; stream++) {
    const values = draw(Rng.of("skewed", stream), 25, (rng) => -Math.log(1 - rng.uniform()));
    for (const method of ["bca", "percentile"] as const) {
      const { low, high } = bootstrapInterval(values, meanOf, {
        rng: Rng.of("b", stream),
        method,
        resamples: 500,
        level: 0.9,
      });
      if (high < 1) tooLow[method]++;
      if (low > 1) tooHigh[method]++;
    }
  }
  // Level 90 %; the standard error of a coverage over 300 streams is 1.8 points, and both methods are known to cover a little less.
  for (const method of ["bca", "percentile"] as const)
    assert.ok(1 - (tooLow[method] + tooHigh[method]) / streams > 0.84);
  assert.ok(tooLow.bca - tooHigh.bca < tooLow.percentile - tooHigh.percentile);
});

test("degenerate samples do not break it", () => {
  const flat = bootstrapInterval([2, 2, 2], meanOf, { rng: Rng.of(0) });
  assert.deepEqual([flat.low, flat.estimate, flat.high, flat.standardError], [2, 2, 2, 0]);
  assert.throws(() => bootstrapInterval([1], meanOf, { rng: Rng.of(0) }), RangeError);
});

function draw(rng: Rng, n: number, one: (rng: Rng) => number): number[] {
  return Array.from({ length: n }, () => one(rng));
}
