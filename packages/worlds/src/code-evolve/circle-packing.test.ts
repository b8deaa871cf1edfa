import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { circlePacking, packingCheck, packingProblem } from "./circle-packing.ts";
import type { Circle } from "./circle-packing.ts";
import { runScore } from "./run-score.ts";

const check = await packingCheck();
const start = JSON.parse(readFileSync(new URL("packing.json", circlePacking.directory), "utf8")) as Circle[];

test("a float64 is a whole number of units, and comes back", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const positive = Math.abs(value);
      assert.equal(check.fromUnits(check.toUnits(positive)), positive);
      assert.equal(check.toUnits(-positive), -check.toUnits(positive));
    }),
    { seed: 1, numRuns: 300 },
  );
  assert.equal(check.toUnits(5e-324), 1n);
  assert.equal(check.toUnits(1), 1n << 1074n);
  // 1/3 of an ulp above a float64 rounds down to it, 2/3 rounds up: the sum is rounded once.
  const one = check.toUnits(1);
  const ulp = check.toUnits(1 + Number.EPSILON) - one;
  assert.equal(check.fromUnits(one + ulp / 3n), 1);
  assert.equal(check.fromUnits(one + (2n * ulp) / 3n), 1 + Number.EPSILON);
  assert.throws(() => check.toUnits(Number.NaN), RangeError);
});

test("one ulp decides", () => {
  assert.equal(check.fault(start), null);
  const last = start.length - 1;
  const replaced = (circle: Circle): Circle[] => start.with(last, circle);
  const tiny: Circle = [0.9375, 0.9375, 0.015625];
  assert.equal(check.fault(replaced(tiny)), null);
  // Against the wall: 1 − 0.0625 holds radius 0.0625 and not one ulp more, nor one ulp further out.
  const [x, y, r] = [0.9375, 0.9375, 0.0625];
  assert.equal(check.fault(replaced([x, y, r])), null);
  assert.match(check.fault(replaced([x, y, r * (1 + Number.EPSILON)])) ?? "", /leaves the square/);
  assert.match(check.fault(replaced([x * (1 + Number.EPSILON), y, r])) ?? "", /leaves the square/);
  // Neighbours that touch: 3-4-5 in sixteenths, so that the distance is exact.
  const touching = (radius: number): Circle[] =>
    [
      [0.5, 0.5, 0.1875],
      [0.6875, 0.75, radius],
    ] as Circle[];
  const filler = Array.from({ length: 24 }, (_, i): Circle => [(i + 1) / 32, 1 / 64, 1 / 128]);
  assert.equal(check.fault([...touching(0.125), ...filler]), null);
  assert.match(check.fault([...touching(0.125 * (1 + Number.EPSILON)), ...filler]) ?? "", /overlap/);
});

test("no tolerance: an overlap, or a step over the edge, of 1e-12 is rejected, and a sum that the file claims is not believed", () => {
  const [first, second, ...rest] = start as [Circle, Circle, ...Circle[]];
  const wider = (by: number): Circle => [first[0], first[1], first[2] + by];
  const apart: Circle = [second[0] + 1e-12, second[1], second[2]];
  // Neighbours of the start touch each other and the edge: the first grows into both, or the second moves into the third.
  for (const circles of [
    [wider(1e-12), second, ...rest],
    [first, apart, ...rest],
    [[first[0] - 1e-12, first[1], first[2]], second, ...rest],
  ]) {
    assert.match(check.fault(circles) ?? "", /overlap|leaves the square/);
    assert.equal(runScore(circlePacking, { "packing.json": JSON.stringify(circles) }).result, null);
  }
  const claims = [
    { circles: start, score: 99, sum: 99 },
    [...start, { score: 99 }],
    { ...start, length: 26, score: 99 },
  ];
  for (const claim of claims)
    assert.equal(runScore(circlePacking, { "packing.json": JSON.stringify(claim) }).result, null);
});

test("what is not a packing is rejected, by the checker and by the score program", () => {
  const [first] = start as [Circle];
  const wrong: unknown[] = [
    null,
    {},
    start.slice(1),
    [...start, first],
    start.with(0, [0.1, 0.1] as unknown as Circle),
    start.with(0, [first[0], first[1], 0]),
    start.with(0, [first[0], first[1], -0.01]),
    start.with(0, ["0.1", 0.1, 0.1] as unknown as Circle),
    start.with(1, first),
  ];
  for (const circles of wrong) {
    assert.notEqual(check.fault(circles), null, JSON.stringify(circles)?.slice(0, 60));
    assert.equal(runScore(circlePacking, { "packing.json": JSON.stringify(circles) }).result, null);
  }
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -0]) {
    for (const place of [0, 1, 2])
      assert.match(check.fault(start.with(0, first.with(place, value) as unknown as Circle)) ?? "", /holds/);
  }
  const text = JSON.stringify(start);
  for (const literal of ["-0", "1e999", "NaN"]) {
    const run = runScore(circlePacking, { "packing.json": text.replace("0.078125", literal) });
    assert.equal(run.result, null, literal);
  }
});

test("repair makes a packing that overlaps in the last bits exactly valid, and costs no more than that", async () => {
  const problem = await packingProblem();
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e-12, max: 1e-12, noNaN: true }), { minLength: 78, maxLength: 78 }),
      (noise) => {
        const disturbed = start.flat().map((value, i) => value + (noise[i] as number));
        const repaired = problem.repair(disturbed);
        assert.ok(repaired !== null);
        const circles = Array.from({ length: 26 }, (_, i) => repaired.slice(3 * i, 3 * i + 3) as unknown as Circle);
        assert.equal(check.fault(circles), null);
        assert.ok(check.sumOfRadii(circles) > 2.03125 - 26 * 6e-12);
      },
    ),
    { seed: 1, numRuns: 20 },
  );
  assert.equal(problem.repair(start.with(1, start[0] as Circle).flat()), null);
});

test("gradients of the constraints agree with differences", async () => {
  const problem = await packingProblem();
  const x = start.flat().map((value, i) => value + 0.001 * Math.sin(i));
  const values = (at: readonly number[]): number[] => {
    const list: number[] = [];
    problem.constraints(at, (value) => list.push(value));
    return list;
  };
  const base = values(x);
  let row = 0;
  problem.constraints(x, (_, variables, gradient) => {
    if (row % 17 === 0) {
      for (const [k, j] of variables.entries()) {
        const slope = ((values(x.with(j, (x[j] as number) + 1e-6))[row] as number) - (base[row] as number)) / 1e-6;
        assert.ok(Math.abs(slope - (gradient[k] as number)) < 1e-4, `row ${row}, variable ${j}`);
      }
    }
    row++;
  });
  assert.equal(row, 26 * 4 + 325);
});

test("the start scores its sum, and the baselines are far from the best known", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  assert.equal(runScore(circlePacking).result?.score, 26 * 0.078125);
  for (const { name, score } of await circlePacking.baselines()) {
    t.diagnostic(`${name}: ${score}`);
    assert.ok(score > 1.5 && score < (circlePacking.bestKnown ?? 0) - 0.01);
  }
});
