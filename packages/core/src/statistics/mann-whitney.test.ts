import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wilcoxonRankSum } from "simple-statistics";
import { Rng } from "../rng.ts";
import { mannWhitney } from "./mann-whitney.ts";

test("tabulated critical values (two-sided 5 %)", () => {
  // Mann & Whitney 1947 and every table since: with 5 and 5 values U = 2 is significant and 3 is not; with 8 and 10 it is 17.
  const inverse = (u: number, n: number, m: number) => withU(u, n, m);
  assert.ok(mannWhitney(...inverse(2, 5, 5)).pValue <= 0.05 && mannWhitney(...inverse(3, 5, 5)).pValue > 0.05);
  assert.ok(mannWhitney(...inverse(17, 8, 10)).pValue <= 0.05 && mannWhitney(...inverse(18, 8, 10)).pValue > 0.05);
  assert.equal(mannWhitney([1, 2, 3], [4, 5, 6], "less").pValue, 1 / 20);
});

test("U from simple-statistics' rank sum, with ties; sides add up", () => {
  const sample = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 15 });
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const { u, pValue } = mannWhitney(a, b);
      // simple-statistics gives the rank sum of its first sample.
      assert.ok(Math.abs(u - (wilcoxonRankSum(a, b) - (a.length * (a.length + 1)) / 2)) < 1e-9);
      assert.ok(pValue > 0 && pValue <= 1);
      assert.equal(u + mannWhitney(b, a).u, a.length * b.length);
    }),
    { seed: 1 },
  );
});

test("the approximation meets the exact value where both are good", () => {
  for (let stream = 0; stream < 20; stream++) {
    const rng = Rng.of("mw", stream);
    const a = Array.from({ length: 25 }, () => rng.normal() + 0.5);
    const b = Array.from({ length: 25 }, () => rng.normal());
    const exact = mannWhitney(a, b);
    // One tie far from the action switches to the approximation and barely moves the data.
    const approximate = mannWhitney([...a, 50, 50], [...b, -50, -51]);
    assert.ok(exact.exact && !approximate.exact);
    assert.ok(Math.abs(mannWhitney([...a, 50, 51], [...b, -50, -51]).pValue - approximate.pValue) < 0.004);
  }
});

test("everything tied says nothing", () => {
  assert.equal(mannWhitney([1, 1], [1, 1, 1]).pValue, 1);
  assert.throws(() => mannWhitney([], [1]), RangeError);
  assert.throws(() => mannWhitney([Number.NaN], [1]), RangeError);
});

/** Two samples without ties whose first has the given U. */
function withU(u: number, n: number, m: number): [number[], number[]] {
  const b = Array.from({ length: m }, (_, i) => i + 0.5);
  let rest = u;
  const a = Array.from({ length: n }, (_, i) => {
    const beaten = Math.min(m, rest);
    rest -= beaten;
    return beaten - 0.001 * (i + 1) + (beaten === 0 ? -1 : 0.4);
  });
  return [a, b];
}
