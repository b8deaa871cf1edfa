import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holm } from "./holm.ts";

test("worked example, in any order", () => {
  assert.deepEqual(
    holm([0.01, 0.04, 0.03, 0.005]).map((p) => p.toFixed(3)),
    ["0.030", "0.060", "0.060", "0.020"],
  );
  assert.deepEqual(holm([]), []);
});

test("rejects exactly what the step-down procedure rejects", () => {
  const probability = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(probability, { maxLength: 12 }),
      fc.double({ min: 0.001, max: 0.5, noNaN: true }),
      (pValues, alpha) => {
        const adjusted = holm(pValues);
        const sorted = pValues.toSorted((a, b) => a - b);
        let rejected = 0;
        while (rejected < sorted.length && (sorted.length - rejected) * (sorted[rejected] as number) <= alpha)
          rejected++;
        assert.equal(adjusted.filter((p) => p <= alpha).length, rejected);
        for (const [i, p] of adjusted.entries()) assert.ok(p >= (pValues[i] as number) && p <= 1);
      },
    ),
    { seed: 1 },
  );
});
