import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { solveLinearProgram, type LinearProgram, type LinearSolution } from "./linear-program.ts";

test("by hand: the usual workshop", () => {
  const { status, x, objective, duals } = solveLinearProgram({
    cost: [30, 50],
    lower: [0, 0],
    upper: [100, 100],
    rows: [
      { variables: [0, 1], coefficients: [1, 2], limit: 40 },
      { variables: [0, 1], coefficients: [2, 1], limit: 50 },
    ],
  });
  assert.equal(status, "optimal");
  assert.deepEqual(
    Array.from(x, (value) => Number(value.toFixed(9))),
    [20, 10],
  );
  assert.ok(Math.abs(objective - 1100) < 1e-9);
  assert.ok(Math.abs((duals[0] as number) - 70 / 3) < 1e-9 && Math.abs((duals[1] as number) - 10 / 3) < 1e-9);
});

test("random programs: the answer proves itself by duality, and infeasible ones have no point on a grid", (t) => {
  let infeasible = 0;
  for (let seed = 0; seed < 400; seed++) {
    const program = randomProgram(Rng.of("lp", seed), seed % 20 === 0);
    const solution = solveLinearProgram(program);
    if (solution.status === "optimal") proveOptimal(program, solution);
    else {
      assert.equal(solution.status, "infeasible");
      infeasible++;
      if (program.cost.length <= 3) assert.ok(!gridPoints(program).some((x) => isFeasible(program, x, 0)));
    }
  }
  t.diagnostic(`${infeasible} of 400 infeasible`);
  assert.ok(infeasible > 40 && infeasible < 360);
});

test("no rows, fixed variables, unbounded boxes", () => {
  assert.deepEqual(
    Array.from(solveLinearProgram({ cost: [1, -1, 0], lower: [0, 0, 2], upper: [3, 3, 2], rows: [] }).x),
    [3, 0, 2],
  );
  assert.throws(
    () => solveLinearProgram({ cost: [1], lower: [0], upper: [Number.POSITIVE_INFINITY], rows: [] }),
    RangeError,
  );
  assert.equal(
    solveLinearProgram({ cost: [1], lower: [0], upper: [1], rows: [{ variables: [0], coefficients: [-1], limit: -2 }] })
      .status,
    "infeasible",
  );
});

function randomProgram(rng: Rng, large: boolean): LinearProgram {
  const n = 1 + rng.int(large ? 60 : 8);
  const m = rng.int(large ? 120 : 12);
  // Small whole numbers give ties and degenerate vertices.
  const whole = rng.int(2) === 0;
  const draw = (): number => (whole ? rng.int(7) - 3 : rng.normal());
  const lower = Array.from({ length: n }, () => -rng.int(3));
  return {
    cost: lower.map(draw),
    lower,
    upper: lower.map((value) => value + rng.int(4)),
    rows: Array.from({ length: m }, () => {
      const variables = lower.map((_, j) => j).filter(() => rng.uniform() < 0.4);
      return {
        variables,
        coefficients: variables.map(draw),
        limit: whole ? rng.int(8) - 1 : rng.normal() + (large ? 5 : 1),
      };
    }),
  };
}

function isFeasible({ lower, upper, rows }: LinearProgram, x: ArrayLike<number>, tolerance: number): boolean {
  for (let j = 0; j < x.length; j++) {
    if ((x[j] as number) < (lower[j] as number) - tolerance || (x[j] as number) > (upper[j] as number) + tolerance)
      return false;
  }
  return rows.every(
    ({ variables, coefficients, limit }) =>
      variables.reduce((total, j, k) => total + (coefficients[k] as number) * (x[j] as number), 0) <= limit + tolerance,
  );
}

/** Feasible, and multipliers ≥ 0 whose bound Σ dual·limit + Σ best of (cost − Σ dual·a)·x over the box meets the objective. */
function proveOptimal(program: LinearProgram, { x, objective, duals }: LinearSolution): void {
  const { cost, lower, upper, rows } = program;
  assert.ok(isFeasible(program, x, 1e-8));
  const left = Array.from(cost);
  let bound = 0;
  for (const [i, { variables, coefficients, limit }] of rows.entries()) {
    assert.ok((duals[i] as number) >= 0);
    bound += (duals[i] as number) * limit;
    for (const [k, j] of variables.entries())
      left[j] = (left[j] as number) - (duals[i] as number) * (coefficients[k] as number);
  }
  for (const [j, slope] of left.entries())
    bound += Math.max(slope * (lower[j] as number), slope * (upper[j] as number));
  assert.ok(Math.abs(bound - objective) < 1e-7 * Math.max(1, Math.abs(objective)), `${objective} against ${bound}`);
}

function gridPoints({ lower, upper }: LinearProgram): number[][] {
  let points: number[][] = [[]];
  for (let j = 0; j < lower.length; j++) {
    const [from, to] = [lower[j] as number, upper[j] as number];
    const values = Array.from({ length: 9 }, (_, k) => from + ((to - from) * k) / 8);
    points = points.flatMap((point) => values.map((value) => point.concat(value)));
  }
  return points;
}
