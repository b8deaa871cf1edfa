import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mean, medianSorted, quantileSorted, sampleStandardDeviation } from "simple-statistics";
import { quantile, summary } from "./summary.ts";

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 40,
});

test("summary agrees with simple-statistics", () => {
  fc.assert(
    fc.property(values, (sample) => {
      const result = summary(sample);
      const sorted = sample.toSorted((a, b) => a - b);
      close(result.mean, mean(sample));
      close(result.median, medianSorted(sorted));
      if (sample.length > 1) close(result.sd, sampleStandardDeviation(sample));
      close(result.standardError * Math.sqrt(sample.length), result.sd);
      assert.equal(result.min, sorted[0]);
      assert.equal(result.max, sorted.at(-1));
    }),
    { seed: 1 },
  );
});

test("quantiles stay within the sample, are monotone, and meet its ends", () => {
  fc.assert(
    fc.property(
      values,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (sample, p, q) => {
        assert.ok(quantile(sample, Math.min(p, q)) <= quantile(sample, Math.max(p, q)) + 1e-9);
        assert.equal(quantile(sample, 0), Math.min(...sample));
        assert.equal(quantile(sample, 1), Math.max(...sample));
      },
    ),
    { seed: 1 },
  );
  // At p = k / (n − 1) every definition that interpolates agrees with the order statistic.
  assert.equal(quantile([4, 1, 3, 2, 5], 0.25), 2);
  assert.equal(quantileSorted([1, 2, 3, 4, 5], 0.5), quantile([1, 2, 3, 4, 5], 0.5));
  assert.equal(quantile([1, Number.POSITIVE_INFINITY], 0), 1);
});

test("nothing to summarise is an error, one value is not", () => {
  assert.throws(() => summary([]), RangeError);
  assert.throws(() => quantile([1], 1.5), RangeError);
  assert.deepEqual(summary([7]), {
    n: 1,
    mean: 7,
    sd: 0,
    standardError: 0,
    median: 7,
    min: 7,
    max: 7,
  });
});

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
}
