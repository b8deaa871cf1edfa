import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, type ConstrainedProblem } from "@pawl/core";
import { BasinHopping } from "./basin-hopping.ts";
import { packing } from "./packing-problem.fixture.ts";
import { sequentialLinear } from "./sequential-linear.ts";

test("one circle: the whole square, from anywhere", () => {
  for (const start of [
    [0.1, 0.9, 0],
    [0.5, 0.5, 0.5],
    [0, 0, 0.5],
  ]) {
    const { objective, violation, x } = sequentialLinear(packing(1), start);
    assert.ok(Math.abs(objective - 0.5) < 1e-12 && violation < 1e-12, `${objective}`);
    assert.ok(Math.abs((x[0] as number) - 0.5) < 1e-9);
  }
});

test("two circles: corner to corner, 2 − √2 together, also from a start that breaks every constraint", () => {
  const { objective, violation, steps } = sequentialLinear(packing(2), [0.3, 0.35, 0.5, 0.6, 0.7, 0.5]);
  assert.ok(Math.abs(objective - (2 - Math.SQRT2)) < 1e-12 && violation < 1e-12, `${objective} ${violation}`);
  assert.ok(steps < 40);
});

test("an optimum inside of a curved constraint, where no vertex helps: max x + y in the unit disc", () => {
  const disc: ConstrainedProblem = {
    lower: [-2, -2],
    upper: [2, 2],
    groups: [[0], [1]],
    objective: (x) => (x[0] as number) + (x[1] as number),
    gradient: () => [1, 1],
    constraints: (x, emit) => {
      const [a, b] = [x[0] as number, x[1] as number];
      emit(1 - a * a - b * b, [0, 1], [-2 * a, -2 * b]);
    },
  };
  for (const start of [
    [0, 0],
    [-1.5, 1],
    [2, 2],
  ]) {
    const { objective, violation } = sequentialLinear(disc, start, { maxSteps: 200 });
    assert.ok(Math.abs(objective - Math.SQRT2) < 1e-4 && violation < 1e-6, `${objective} ${violation}`);
  }
});

test("hopping from three seeds meets in one packing within a stated number of local solves", (t) => {
  for (const [count, budget] of [
    [3, 10],
    [5, 40],
    [8, 150],
  ] as const) {
    const found = [1, 2, 3].map((seed) => {
      const hopping = new BasinHopping({ problem: packing(count), rng: Rng.of("hop", seed) });
      while (hopping.hops < budget) hopping.hop();
      assert.ok((hopping.best?.violation ?? 1) < 1e-12);
      return hopping.best?.objective ?? 0;
    });
    t.diagnostic(`${count} circles: ${found.join(", ")} after ${budget} local solves`);
    assert.ok(Math.max(...found) - Math.min(...found) < 1e-9);
  }
});

test("the same seed gives the same hops", () => {
  const run = (): unknown => {
    const hopping = new BasinHopping({ problem: packing(4), rng: Rng.of("same"), initial: packing(4).lower });
    for (let i = 0; i < 15; i++) hopping.hop();
    return [Array.from(hopping.best?.x ?? []), hopping.best?.objective];
  };
  assert.deepEqual(run(), run());
});
