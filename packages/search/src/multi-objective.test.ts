import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import fc from "fast-check";
import { hypervolume } from "./hypervolume.ts";
import { crowdedOrder, crowdingDistances, dominates, nonDominatedSort, nsga2Select, type Point } from "./nsga2.ts";
import { spea2Fitness, spea2Select } from "./spea2.ts";

const POINT = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
const POINTS = fc.array(POINT, { minLength: 1, maxLength: 14 });
const SOLID = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -1, max: 6 })));

test("fronts of a set worked out by hand", () => {
  const points: readonly Point[] = [
    [1, 5], // 0: first front
    [2, 3], // 1: below 2
    [3, 4], // 2: first front
    [5, 1], // 3: first front
    [1, 1], // 4: below 1
    [2, 3], // 5: equal to 1
  ];
  assert.deepEqual(nonDominatedSort(points), [[0, 2, 3], [1, 5], [4]]);
});

test("crowding distances worked out by hand: the ends are infinite, an inner point counts its neighbours", () => {
  // Extents 4 and 4. The inner ones: (3−1)/4 + (5−2)/4 = 1.25 and (5−2)/4 + (4−1)/4 = 1.5.
  const distances = crowdingDistances([
    [1, 5],
    [2, 4],
    [3, 2],
    [5, 1],
  ]);
  assert.deepEqual(distances, [Infinity, 1.25, 1.5, Infinity]);
  assert.deepEqual(crowdingDistances([[2, 2]]), [Infinity]);
});

test("of a front that does not fit, the most isolated survive", () => {
  const points: readonly Point[] = [
    [1, 5],
    [2, 4],
    [3, 2],
    [5, 1],
    [0, 0],
  ];
  assert.deepEqual(nsga2Select(points, 3).toSorted(), [0, 2, 3]);
  assert.deepEqual(nsga2Select(points, 5).toSorted(), [0, 1, 2, 3, 4]);
});

test("a tiny program with a low score survives, where a weighted sum would drop it", () => {
  // Score and minus size: the last is the smallest and the worst.
  const points: readonly Point[] = [
    [0.9, -60],
    [0.89, -61],
    [0.88, -62],
    [0.1, -3],
  ];
  assert.ok(nsga2Select(points, 2).includes(3));
  assert.ok(spea2Select(points, 2).includes(3));
  const sums = points.map(([score, size]) => (score as number) + (size as number) / 1000);
  assert.equal(sums.indexOf(Math.min(...sums)), 3);
});

test("strengths and raw fitness worked out by hand", () => {
  // a dominates c and d, b dominates d: strengths 2, 1, 1 (c dominates d), 0.
  const points: readonly Point[] = [
    [3, 3],
    [1, 4],
    [2, 2],
    [1, 1],
  ];
  const raw = spea2Fitness(points).map(Math.floor);
  assert.deepEqual(raw, [0, 0, 2, 4]);
});

test("truncation takes out the point with the nearest neighbour, and keeps the ends", () => {
  const points: readonly Point[] = [
    [0, 10],
    [4, 6],
    [4.5, 5.5],
    [8, 2],
    [10, 0],
  ];
  // 1 and 2 are nearest to each other; of the two, 2 has the nearer second neighbour (3.5 against 4 on the line).
  assert.deepEqual(spea2Select(points, 4), [0, 1, 3, 4]);
});

test("the first front is exactly what nobody dominates, and every later point is dominated from the front before", () => {
  fc.assert(
    fc.property(POINTS, (points) => {
      const fronts = nonDominatedSort(points);
      assert.deepEqual(
        fronts.flat().toSorted((a, b) => a - b),
        points.map((_, i) => i),
      );
      fronts.forEach((front, rank) => {
        for (const i of front) {
          const by = (among: readonly number[]): boolean =>
            among.some((j) => dominates(points[j] as Point, points[i] as Point));
          assert.equal(by(front), false);
          if (rank > 0) assert.equal(by(fronts[rank - 1] as readonly number[]), true);
        }
      });
    }),
    { seed: 1 },
  );
});

test("both selections keep only what nobody dominates while that is enough, and never a point twice", () => {
  fc.assert(
    fc.property(POINTS, fc.integer({ min: 1, max: 14 }), (points, count) => {
      const free = nonDominatedSort(points)[0] as readonly number[];
      for (const select of [nsga2Select, spea2Select]) {
        const kept = select(points, count);
        assert.equal(new Set(kept).size, Math.min(count, points.length));
        if (free.length >= count) for (const i of kept) assert.ok(free.includes(i));
        else for (const i of free) assert.ok(kept.includes(i));
      }
    }),
    { seed: 2 },
  );
});

test("SPEA2's fitness is below one exactly for what nobody dominates", () => {
  fc.assert(
    fc.property(POINTS, (points) => {
      const free = nonDominatedSort(points)[0] as readonly number[];
      spea2Fitness(points).forEach((fitness, i) => assert.equal(fitness < 1, free.includes(i)));
    }),
    { seed: 3 },
  );
});

test("the crowded order never puts a dominated point before the one that dominates it", () => {
  fc.assert(
    fc.property(POINTS, (points) => {
      const place = new Map(crowdedOrder(points).map((i, at) => [i, at]));
      points.forEach((a, i) =>
        points.forEach((b, j) => {
          if (dominates(a, b)) assert.ok((place.get(i) as number) < (place.get(j) as number));
        }),
      );
    }),
    { seed: 4 },
  );
});

test("hypervolumes worked out by hand", () => {
  assert.equal(hypervolume([], [0, 0]), 0);
  assert.equal(
    hypervolume(
      [
        [3, 1],
        [2, 2],
        [1, 3],
      ],
      [0, 0],
    ),
    6,
  );
  assert.equal(
    hypervolume(
      [
        [3, 1],
        [-1, 9],
      ],
      [0, 0],
    ),
    3,
  );
  // Two boxes of 2 × 2 × 1 and 1 × 1 × 3 share 1 × 1 × 1.
  assert.equal(
    hypervolume(
      [
        [2, 2, 1],
        [1, 1, 3],
      ],
      [0, 0, 0],
    ),
    6,
  );
  assert.throws(() => hypervolume([[1]], [0]), RangeError);
});

test("the hypervolume is the share of grid cells that some point dominates", () => {
  const cells = (points: readonly Point[], objectives: number): number => {
    let count = 0;
    for (let cell = 0; cell < 7 ** objectives; cell++) {
      const corner = Array.from({ length: objectives }, (_, i) => Math.floor(cell / 7 ** i) % 7);
      // The cell [c, c + 1] in each coordinate.
      if (points.some((point) => corner.every((c, i) => (point[i] as number) >= c + 1))) count += 1;
    }
    return count;
  };
  fc.assert(
    fc.property(fc.array(SOLID, { maxLength: 7 }), (points) => {
      assert.equal(hypervolume(points, [0, 0, 0]), cells(points, 3));
      const flat = points.map((point) => point.slice(0, 2));
      assert.equal(hypervolume(flat, [0, 0]), cells(flat, 2));
    }),
    { seed: 5 },
  );
});

test("a further point never takes volume away", () => {
  const rng = Rng.of(1, "points");
  const points: Point[] = [];
  let before = 0;
  for (let n = 0; n < 60; n++) {
    points.push([rng.uniform(), rng.uniform(), rng.uniform()]);
    const now = hypervolume(points, [0.1, 0.1, 0.1]);
    assert.ok(now >= before - 1e-12 && now <= 0.9 ** 3);
    before = now;
  }
});
