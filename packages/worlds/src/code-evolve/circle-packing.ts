import { Rng, type ConstrainedProblem } from "@pawl/core";
import { problemDirectory } from "./problem.ts";
import type { Baseline, EvolveProblem } from "./problem.ts";

/** x, y and radius. */
export type Circle = readonly [number, number, number];

/** What `check.js` exports. */
export interface PackingCheck {
  readonly CIRCLES: number;
  toUnits(value: number): bigint;
  fromUnits(units: bigint): number;
  fault(circles: unknown): string | null;
  sumOfRadii(circles: readonly Circle[]): number;
}

const directory = problemDirectory("circle-packing");

/** The exact checker that the score program uses. */
export async function packingCheck(): Promise<PackingCheck> {
  return (await import(new URL("check.js", directory).href)) as PackingCheck;
}

/** The description with constraints and gradients; variables are x, y, radius of circle 0, then of circle 1, and so on. */
export async function packingProblem(): Promise<ConstrainedProblem & Required<Pick<ConstrainedProblem, "repair">>> {
  const module = (await import(new URL("problem.js", directory).href)) as {
    problem: ConstrainedProblem & Required<Pick<ConstrainedProblem, "repair">>;
  };
  return module.problem;
}

export const circlePacking: EvolveProblem = {
  id: "circle-packing",
  title: "26 circles in the unit square, largest sum of radii",
  directory,
  files: ["packing.json", "score.js", "check.js", "problem.js"],
  editable: ["packing.json"],
  score: "node score.js",
  direction: "maximize",
  constraints: "problem.js",
  bestKnown: 2.635983,
  baselines: async () => [
    await baseline("random centres, best of 20000", () => randomCentres(20_000)),
    await baseline("plain local search, 20 starts of 1000 evaluations", () => localSearch(20, 1000)),
  ],
};

async function baseline(name: string, run: () => Point[]): Promise<Baseline> {
  const [check, problem] = await Promise.all([packingCheck(), packingProblem()]);
  const flat = problem.repair(grown(run()).flat());
  if (flat === null) throw new Error(`${name}: no valid packing`);
  const circles = Array.from({ length: check.CIRCLES }, (_, i): Circle => [
    flat[3 * i] ?? 0,
    flat[3 * i + 1] ?? 0,
    flat[3 * i + 2] ?? 0,
  ]);
  const fault = check.fault(circles);
  if (fault !== null) throw new Error(`${name}: ${fault}`);
  return { name, score: check.sumOfRadii(circles) };
}

type Point = readonly [number, number];

const COUNT = 26;

function randomPoint(rng: Rng): Point {
  return [rng.uniform(), rng.uniform()];
}

/**
 * Radii for given centres: each circle starts with half the way to its nearest neighbour or the wall, then grows one after the other
 * as far as the rest leaves room.
 */
function grown(points: readonly Point[]): Circle[] {
  const walls = points.map(([x, y]) => Math.min(x, y, 1 - x, 1 - y));
  const gap = (i: number, j: number): number =>
    Math.hypot((points[i] as Point)[0] - (points[j] as Point)[0], (points[i] as Point)[1] - (points[j] as Point)[1]);
  const radii = points.map((_, i) =>
    Math.min(
      walls[i] as number,
      ...points
        .keys()
        .filter((j) => j !== i)
        .map((j) => gap(i, j) / 2),
    ),
  );
  for (const i of points.keys()) {
    let room = walls[i] as number;
    for (const j of points.keys()) if (j !== i) room = Math.min(room, gap(i, j) - (radii[j] as number));
    radii[i] = room;
  }
  return points.map(([x, y], i) => [x, y, radii[i] as number]);
}

function total(points: readonly Point[]): number {
  return grown(points).reduce((sum, [, , radius]) => sum + radius, 0);
}

function randomCentres(draws: number): Point[] {
  const rng = Rng.of("circle-packing", "random centres");
  let best: { points: Point[]; value: number } | null = null;
  for (let i = 0; i < draws; i++) {
    const points = Array.from({ length: COUNT }, () => randomPoint(rng));
    const value = total(points);
    if (best === null || value > best.value) best = { points, value };
  }
  return best?.points ?? [];
}

/** From random centres: move one, keep it if the sum grows; the step shrinks from a fifth of the square to a thousandth. */
function localSearch(starts: number, evaluations: number): Point[] {
  let best: { points: Point[]; value: number } | null = null;
  for (let start = 0; start < starts; start++) {
    const rng = Rng.of("circle-packing", "local search", start);
    let points = Array.from({ length: COUNT }, () => randomPoint(rng));
    let value = total(points);
    for (let i = 0; i < evaluations; i++) {
      const step = 0.2 * 0.005 ** (i / evaluations);
      const moved = rng.int(COUNT);
      const [x, y] = points[moved] as Point;
      const changed = points.with(moved, [inside(x + step * rng.normal()), inside(y + step * rng.normal())]);
      const changedValue = total(changed);
      if (changedValue <= value) continue;
      points = changed;
      value = changedValue;
    }
    if (best === null || value > best.value) best = { points, value };
  }
  return best?.points ?? [];
}

function inside(value: number): number {
  return Math.min(1, Math.max(0, value));
}
