import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wilsonInterval } from "./wilson.ts";

test("the ends solve the score equation", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
      const successes = Math.round(share * trials);
      const { low, high } = wilsonInterval(successes, trials);
      assert.ok(0 <= low && low <= successes / trials && successes / trials <= high && high <= 1);
      for (const end of [low, high]) {
        if (end === 0 || end === 1) continue;
        const z = (successes / trials - end) / Math.sqrt((end * (1 - end)) / trials);
        assert.ok(Math.abs(Math.abs(z) - 1.959963984540054) < 1e-6);
      }
    }),
    { seed: 1 },
  );
});

test("known values and edges", () => {
  // Newcombe 1998, table I: 81 of 263 and 0 of 20.
  const { low, high } = wilsonInterval(81, 263);
  assert.equal(low.toFixed(4), "0.2553");
  assert.equal(high.toFixed(4), "0.3662");
  assert.equal(wilsonInterval(0, 20).low, 0);
  assert.equal(wilsonInterval(0, 20).high.toFixed(4), "0.1611");
  assert.deepEqual(wilsonInterval(0, 0), { low: 0, high: 1 });
  assert.throws(() => wilsonInterval(3, 2), RangeError);
});
