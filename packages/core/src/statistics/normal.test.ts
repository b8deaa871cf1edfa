import assert from "node:assert/strict";
import { test } from "node:test";
import { cumulativeStdNormalProbability } from "simple-statistics";
import { normalCdf, normalQuantile } from "./normal.ts";

test("distribution function: tabulated values to full precision", () => {
  // Abramowitz & Stegun, table 26.1 and 26.2 (15 decimals; the tails as −log10).
  const table: [number, number][] = [
    [0, 0.5],
    [0.5, 0.691462461274013],
    [1, 0.841344746068543],
    [1.96, 0.97500210485178],
    [2, 0.977249868051821],
    [3, 0.99865010196837],
  ];
  for (const [z, p] of table) {
    assert.ok(Math.abs(normalCdf(z) - p) < 2e-15, `at ${z}`);
    assert.ok(Math.abs(normalCdf(-z) - (1 - p)) < 2e-15, `at ${-z}`);
  }
  assert.ok(Math.abs(-Math.log10(normalCdf(-10)) - 23.11805) < 1e-5);
  for (let z = -3; z <= 3; z += 0.01)
    assert.ok(Math.abs(normalCdf(z) - cumulativeStdNormalProbability(Math.round(z * 100) / 100)) < 5e-4);
});

test("quantile undoes the distribution function, also far in the tail", () => {
  for (let z = -30; z <= 5; z += 0.37)
    assert.ok(
      Math.abs(normalQuantile(normalCdf(z)) - z) < 1e-9 * Math.max(1, Math.exp((z * z) / 2) * (z > 0 ? 1e-3 : 0)),
      `at ${z}`,
    );
  assert.ok(Math.abs(normalQuantile(0.975) - 1.959963984540054) < 1e-14);
  assert.equal(normalQuantile(0), Number.NEGATIVE_INFINITY);
  assert.equal(normalQuantile(1), Number.POSITIVE_INFINITY);
  assert.throws(() => normalQuantile(-0.1), RangeError);
});
