import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { CmaEs } from "./cma-es.ts";
import type { CmaEsOptions } from "./cma-es.ts";
import { LocalSearch } from "./local-search.ts";

type Objective = (x: readonly number[]) => number;

const N = 10;
const sphere: Objective = (x) => -x.reduce((total, value) => total + value * value, 0);
const rosenbrock: Objective = (x) =>
  -x
    .slice(1)
    .reduce((total, value, i) => total + 100 * (value - (x[i] as number) ** 2) ** 2 + (1 - (x[i] as number)) ** 2, 0);
const rastrigin: Objective = (x) =>
  -x.reduce((total, value) => total + 10 + value * value - 10 * Math.cos(2 * Math.PI * value), 0);
const rotation = randomRotation(N);
/** Condition number a million, in turned coordinates. */
const ellipsoid: Objective = (x) =>
  -rotation.reduce(
    (total, row, i) =>
      total + 10 ** ((6 * i) / (N - 1)) * row.reduce((sum, value, j) => sum + value * (x[j] as number), 0) ** 2,
    0,
  );

/** Evaluations until the fitness exceeds the target, or null when the budget is not enough. */
function evaluationsTo(
  target: number,
  budget: number,
  objective: Objective,
  options: Omit<CmaEsOptions, "rng">,
  seed: number,
): number | null {
  const search = new CmaEs({ ...options, rng: Rng.of("cma", seed) });
  while (search.evaluations < budget) {
    judge(search, objective);
    if ((search.best?.fitness ?? 0) > target) return search.evaluations;
  }
  return null;
}

function judge(search: CmaEs | LocalSearch, objective: Objective): void {
  const x = search.ask();
  search.tell(x, objective(x));
}

test("unimodal functions of ten variables, to 1e-10", (t) => {
  const cases: [name: string, objective: Objective, start: number, budget: number][] = [
    ["sphere", sphere, 3, 2500],
    ["rotated ellipsoid", ellipsoid, 3, 8000],
    ["rosenbrock", rosenbrock, -1, 12_000],
  ];
  for (const [name, objective, start, budget] of cases) {
    const counts = [1, 2, 3].map((seed) =>
      evaluationsTo(-1e-10, budget, objective, { initial: Array.from({ length: N }, () => start), sigma: 1 }, seed),
    );
    t.diagnostic(`${name}: ${counts.join(", ")} evaluations of ${budget}`);
    assert.ok(counts.filter((count) => count !== null).length >= (name === "rosenbrock" ? 2 : 3), name);
  }
});

test("rastrigin in five variables needs the restarts with larger populations", (t) => {
  const counts = [1, 2, 3].map((seed) =>
    evaluationsTo(
      -1e-8,
      40_000,
      rastrigin,
      { initial: [3, -2, 4, 1, -3], sigma: 2, bounds: { lower: Array(5).fill(-5), upper: Array(5).fill(5) } },
      seed,
    ),
  );
  t.diagnostic(`rastrigin: ${counts.join(", ")} evaluations of 40000`);
  assert.ok(counts.every((count) => count !== null));
});

test("an optimum on the bounds is found, and no point lies outside", () => {
  const bounds = { lower: [0, -1, 2], upper: [1, 1, 3] };
  const search = new CmaEs({ initial: [0.5, 0.5, 2.5], sigma: 0.3, bounds, rng: Rng.of("bounds") });
  for (let i = 0; i < 1400; i++) {
    const x = search.ask();
    for (const [j, value] of x.entries())
      assert.ok(value >= (bounds.lower[j] as number) && value <= (bounds.upper[j] as number));
    search.tell(x, sphere(x));
  }
  assert.ok((search.best?.fitness ?? -99) > -4 - 1e-6);
});

test("the same seed gives the same run; no data is the worst; points that nobody asked for are not used", () => {
  const run = (): unknown[] => {
    const search = new CmaEs({ initial: [1, 2], sigma: 1, rng: Rng.of("same") });
    for (let i = 0; i < 60; i++) {
      const x = search.ask();
      search.tell(x, i % 6 === 0 ? null : i % 6 === 1 ? Number.NaN : sphere(x));
    }
    search.tell([7, 7], 1e9);
    assert.ok((search.best?.fitness ?? 1) < 0);
    return search.ask();
  };
  assert.deepEqual(run(), run());
  const search = new CmaEs({ initial: [0], sigma: 1, rng: Rng.of(0) });
  for (let i = 0; i < 120; i++) search.tell(search.ask(), null);
  assert.ok(search.ask().every(Number.isFinite));
  assert.equal(search.best, null);
});

test("many points at a time, told late and some never: the optimum is found all the same", (t) => {
  const makers = {
    "cma-es": () => new CmaEs({ initial: Array(N).fill(3), sigma: 1, rng: Rng.of("late") }),
    "local search": () => new LocalSearch({ initial: Array(N).fill(3), sigma: 1, rng: Rng.of("late") }),
  };
  for (const [name, make] of Object.entries(makers)) {
    const search = make();
    const open: number[][] = [];
    for (let i = 0; i < 8000; i++) {
      open.push(search.ask());
      if (open.length < 8) continue;
      const x = open.shift() as number[];
      if (i % 10 !== 0) search.tell(x, sphere(x));
    }
    t.diagnostic(`${name}: ${search.best?.fitness}`);
    assert.ok((search.best?.fitness ?? -1) > -1e-6, name);
  }
});

test("the plain baseline: good on the sphere, poor where variables depend on each other", (t) => {
  const reached = (objective: Objective, budget: number): number => {
    const search = new LocalSearch({ initial: Array.from({ length: N }, () => 3), sigma: 1, rng: Rng.of("local") });
    for (let i = 0; i < budget; i++) judge(search, objective);
    return search.best?.fitness ?? Number.NaN;
  };
  const [onSphere, onEllipsoid] = [reached(sphere, 2500), reached(ellipsoid, 8000)];
  t.diagnostic(`sphere ${onSphere} after 2500, rotated ellipsoid ${onEllipsoid} after 8000`);
  assert.ok(onSphere > -1e-6 && onEllipsoid < -1e-3);
});

test("the baseline keeps to its bounds and never gets worse", () => {
  const bounds = { lower: [1, 1], upper: [2, 2] };
  const search = new LocalSearch({ initial: [1.5, 1.5], sigma: 1, bounds, rng: Rng.of("b") });
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < 200; i++) {
    const x = search.ask();
    assert.ok(x.every((value) => value >= 1 && value <= 2));
    search.tell(x, sphere(x));
    assert.ok((search.best?.fitness ?? Number.NaN) >= best);
    best = search.best?.fitness ?? Number.NaN;
  }
  assert.ok(best > -2.01);
});

function randomRotation(n: number): number[][] {
  const rng = Rng.of("rotation");
  const rows: number[][] = [];
  while (rows.length < n) {
    let row = Array.from({ length: n }, () => rng.normal());
    for (const other of rows) {
      const along = row.reduce((sum, value, j) => sum + value * (other[j] as number), 0);
      row = row.map((value, j) => value - along * (other[j] as number));
    }
    const length = Math.hypot(...row);
    rows.push(row.map((value) => value / length));
  }
  return rows;
}

test("a generation without a score is no reason to begin again while the next ones converge", () => {
  const search = new CmaEs({ initial: [1, 1, 1], sigma: 0.5, rng: Rng.of("no score") });
  const size = search.populationSize;
  while (search.evaluations < 600) {
    const x = search.ask();
    search.tell(x, search.evaluations < size ? null : sphere(x));
  }
  assert.deepEqual([search.restarts, search.populationSize], [0, size]);
});

test("where no point ever has a score, it begins again elsewhere", () => {
  const search = new CmaEs({ initial: [1, 1, 1], sigma: 0.5, rng: Rng.of("never") });
  while (search.evaluations < 600) search.tell(search.ask(), null);
  assert.ok(search.restarts > 0);
});
