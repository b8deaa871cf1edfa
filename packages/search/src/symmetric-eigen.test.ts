import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { symmetricEigen } from "./symmetric-eigen.ts";

test("a known matrix", () => {
  const { values, vectors } = symmetricEigen([
    [2, 1],
    [1, 2],
  ]);
  assert.ok(Math.abs((values[0] as number) - 1) < 1e-15 && Math.abs((values[1] as number) - 3) < 1e-15);
  const [x, y] = vectors[1] as Float64Array;
  assert.ok(Math.abs((x as number) - (y as number)) < 1e-15);
});

test("vectors are orthonormal and rebuild the matrix, also with equal and with tiny eigenvalues", () => {
  const entry = fc.oneof(fc.constantFrom(0, 1, -1), fc.double({ min: -100, max: 100, noNaN: true }));
  const matrix = fc
    .integer({ min: 1, max: 9 })
    .chain((n) => fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }));
  fc.assert(
    fc.property(matrix, (raw) => {
      const a = raw.map((row, i) => row.map((_, j) => (i <= j ? row[j] : raw[j]?.[i]) as number));
      const { values, vectors } = symmetricEigen(a);
      const size = Math.max(1, ...a.flat().map(Math.abs));
      for (const [i, v] of vectors.entries()) {
        for (const [j, w] of vectors.entries()) assert.ok(Math.abs(dot(v, w) - (i === j ? 1 : 0)) < 1e-12);
        if (i > 0) assert.ok((values[i - 1] as number) <= (values[i] as number));
      }
      for (const [i, row] of a.entries()) {
        for (const [j, expected] of row.entries()) {
          const rebuilt = vectors.reduce(
            (sum, v, k) => sum + (values[k] as number) * (v[i] as number) * (v[j] as number),
            0,
          );
          assert.ok(Math.abs(rebuilt - expected) < 1e-11 * size);
        }
      }
    }),
    { seed: 1 },
  );
});

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
