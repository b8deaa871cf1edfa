import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runScore } from "./run-score.ts";
import { farthestInsertion, nearestNeighbour, referenceLength, tour, tourLength, tourPoints } from "./tour.ts";
import type { Point, TourInstance } from "./tour.ts";

const read = (file: string): TourInstance[] =>
  (JSON.parse(readFileSync(new URL(file, tour.directory), "utf8")) as { instances: TourInstance[] }).instances;

test("the committed points are the generated ones, and nothing held out is in train", () => {
  for (const split of ["train", "held-out"] as const) {
    assert.deepEqual(
      read(`${split}.json`).map(({ kind, points }) => ({ kind, points })),
      tourPoints(split),
    );
  }
  const train = new Set(read("train.json").map(({ points }) => points.slice(0, 10).join()));
  for (const { points } of read("held-out.json")) assert.ok(!train.has(points.slice(0, 10).join()));
});

test("references: reproduced for one instance, and better than every construction for all", () => {
  const [first] = read("train.json") as [TourInstance];
  assert.equal(referenceLength(first.points), first.reference);
  for (const { points, reference } of [...read("train.json"), ...read("held-out.json")]) {
    assert.ok(reference < tourLength(nearestNeighbour(points)) && reference < tourLength(farthestInsertion(points)));
  }
});

test("tours visit every point once; local search finds the optimum of seven points", () => {
  const points = tourPoints("train")[0]?.points ?? [];
  for (const order of [nearestNeighbour(points), farthestInsertion(points)]) {
    assert.deepEqual(order.map(String).toSorted(), points.map(String).toSorted());
  }
  const few = points.slice(0, 7);
  assert.ok(Math.abs(referenceLength(few) - shortest(few)) < 1e-9);
});

test("the start program is nearest neighbour; one number better is better on held-out instances", async (t) => {
  const [nearest, insertion] = await tour.baselines();
  for (const each of [nearest, insertion])
    t.diagnostic(`${each?.name}: ${each?.score} train, ${each?.heldOut} held out`);
  assert.equal(runScore(tour).result?.score, nearest?.score);
  assert.equal(runScore(tour, {}, true).result?.score, nearest?.heldOut);
  const text = readFileSync(new URL("heuristic.js", tour.directory), "utf8").replace("middle: 0", "middle: 0.3");
  assert.ok((runScore(tour, { "heuristic.js": text }, true).result?.score ?? -99) > (nearest?.heldOut ?? 0));
  for (const body of ["open.map(() => NaN)", "[1]", "null"]) {
    assert.equal(
      runScore(tour, { "heuristic.js": `export const priority = (at, open) => ${body};` }).result,
      null,
      body,
    );
  }
});

function shortest(points: readonly Point[]): number {
  const extend = (route: readonly Point[], open: readonly Point[]): number =>
    open.length === 0
      ? tourLength(route)
      : Math.min(...open.map((point, i) => extend([...route, point], open.toSpliced(i, 1))));
  return extend(points.slice(0, 1), points.slice(1));
}
