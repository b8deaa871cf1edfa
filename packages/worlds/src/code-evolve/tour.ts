import { readFileSync } from "node:fs";
import { Rng } from "@pawl/core";
import { problemDirectory } from "./problem.ts";
import type { EvolveProblem } from "./problem.ts";

export type Point = readonly [number, number];

export interface TourInstance {
  readonly kind: "uniform" | "clustered";
  readonly points: readonly Point[];
  /** Length of a tour by local search; not proven shortest. */
  readonly reference: number;
}

const SIDE = 1000;

/** Half uniform, half clustered; whole coordinates in a square of side 1000. */
export function tourPoints(split: "train" | "held-out"): Omit<TourInstance, "reference">[] {
  const [count, size] = split === "train" ? [8, 150] : [12, 200];
  return Array.from({ length: count }, (_, index) => {
    const kind = index % 2 === 0 ? "uniform" : "clustered";
    const rng = Rng.of("tour", split, index);
    return { kind, points: kind === "uniform" ? uniform(rng, size) : clustered(rng, size) };
  });
}

function uniform(rng: Rng, size: number): Point[] {
  return Array.from({ length: size }, () => [rng.int(SIDE), rng.int(SIDE)]);
}

/** Normal clouds around five to nine centres. */
function clustered(rng: Rng, size: number): Point[] {
  const centres = uniform(rng, 5 + rng.int(5));
  const near = (middle: number): number => Math.min(SIDE - 1, Math.max(0, Math.round(middle + 50 * rng.normal())));
  return Array.from({ length: size }, () => {
    const [x, y] = rng.pick(centres);
    return [near(x), near(y)];
  });
}

function distance(a: Point, b: Point): number {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2);
}

/** Length of the closed tour in this order. */
export function tourLength(tour: readonly Point[]): number {
  return tour.reduce((total, point, i) => total + distance(point, tour[(i + 1) % tour.length] as Point), 0);
}

/** From the given first point always to the nearest that is left. */
export function nearestNeighbour(points: readonly Point[], first = 0): Point[] {
  const open = points.toSpliced(first, 1);
  const tour = [points[first] as Point];
  while (open.length > 0) {
    const at = tour.at(-1) as Point;
    let best = 0;
    for (const [i, point] of open.entries()) if (distance(at, point) < distance(at, open[best] as Point)) best = i;
    tour.push(...open.splice(best, 1));
  }
  return tour;
}

/** Takes the point farthest from the tour, and puts it where it lengthens the tour least (Rosenkrantz, Stearns & Lewis 1977). */
export function farthestInsertion(points: readonly Point[]): Point[] {
  const tour = points.slice(0, 1);
  const open = points.slice(1).map((point) => ({ point, near: distance(point, points[0] as Point) }));
  while (open.length > 0) {
    let farthest = 0;
    for (const [i, { near }] of open.entries()) if (near > (open[farthest] as { near: number }).near) farthest = i;
    const { point } = open.splice(farthest, 1)[0] as { point: Point };
    let best = { place: 0, cost: Number.POSITIVE_INFINITY };
    for (const [i, before] of tour.entries()) {
      const after = tour[(i + 1) % tour.length] as Point;
      const cost = distance(before, point) + distance(point, after) - distance(before, after);
      if (cost < best.cost) best = { place: i + 1, cost };
    }
    tour.splice(best.place, 0, point);
    for (const each of open) each.near = Math.min(each.near, distance(each.point, point));
  }
  return tour;
}

/** Length of the best of twelve tours, each improved until neither reversing a stretch nor moving up to three neighbours shortens it. */
export function referenceLength(points: readonly Point[]): number {
  const starts = [
    farthestInsertion(points),
    ...Array.from({ length: 11 }, (_, i) => nearestNeighbour(points, Math.floor((i * points.length) / 11))),
  ];
  return Math.min(...starts.map((start) => tourLength(improved(start))));
}

/** 2-opt and Or-opt, first improvement. */
function improved(start: readonly Point[]): Point[] {
  let tour = [...start];
  for (let better = true; better;) {
    better = reverseStretches(tour);
    const moved = moveStretch(tour);
    if (moved !== null) {
      tour = moved;
      better = true;
    }
  }
  return tour;
}

/** Reverses tour[i + 1 … j] in place wherever that is shorter; true when something changed. */
function reverseStretches(tour: Point[]): boolean {
  const n = tour.length;
  let changed = false;
  for (let i = 0; i < n - 1; i++) {
    for (let j = i + 2; j < n; j++) {
      const [a, b, c, d] = [tour[i], tour[i + 1], tour[j], tour[(j + 1) % n]] as [Point, Point, Point, Point];
      if (distance(a, c) + distance(b, d) >= distance(a, b) + distance(c, d) - 1e-9) continue;
      tour.splice(i + 1, j - i, ...tour.slice(i + 1, j + 1).reverse());
      changed = true;
    }
  }
  return changed;
}

/** The tour with one stretch of up to three points moved, either way round, to a place where it is shorter; null when there is none. */
function moveStretch(tour: readonly Point[]): Point[] | null {
  const n = tour.length;
  for (let size = 1; size <= 3; size++) {
    for (let i = 0; i < n; i++) {
      const turned = [...tour.slice(i), ...tour.slice(0, i)];
      const [stretch, rest] = [turned.slice(0, size), turned.slice(size)];
      const [first, last, head, tail] = [stretch[0], stretch.at(-1), rest[0], rest.at(-1)] as [
        Point,
        Point,
        Point,
        Point,
      ];
      const saved = distance(tail, first) + distance(last, head) - distance(tail, head);
      for (let k = 0; k < rest.length - 1; k++) {
        const [before, after] = [rest[k], rest[k + 1]] as [Point, Point];
        const gap = distance(before, after);
        const straight = distance(before, first) + distance(last, after) - gap;
        const turnedRound = distance(before, last) + distance(first, after) - gap;
        if (Math.min(straight, turnedRound) >= saved - 1e-9) continue;
        return rest.toSpliced(k + 1, 0, ...(straight <= turnedRound ? stretch : stretch.toReversed()));
      }
    }
  }
  return null;
}

const directory = problemDirectory("tour");

export const tour: EvolveProblem = {
  id: "tour",
  title: "Building a round tour point by point",
  directory,
  files: ["heuristic.js", "score.js", "train.json"],
  editable: ["heuristic.js"],
  score: "node score.js",
  heldOut: { files: ["held-out.json"], command: "node score.js held-out.json" },
  direction: "maximize",
  baselines: async () => {
    const score = (file: string, build: (points: readonly Point[]) => Point[]): number => {
      const { instances } = JSON.parse(readFileSync(new URL(file, directory), "utf8")) as { instances: TourInstance[] };
      let excess = 0;
      for (const { points, reference } of instances)
        excess += (tourLength(build(points)) - reference) / reference / instances.length;
      return -100 * excess;
    };
    return Object.entries({
      "nearest neighbour": (points: readonly Point[]) => nearestNeighbour(points),
      "farthest insertion": farthestInsertion,
    }).map(([name, build]) => ({ name, score: score("train.json", build), heldOut: score("held-out.json", build) }));
  },
};
