/**
 * Scores heuristic.js: minus the mean excess of its tours over the stored reference tours, in percent (higher is better; references
 * come from local search and are near the optimum, so that 0 is about perfect).
 * Usage: node score.js [instances.json]. The last line of output is JSON.
 */
import { readFileSync } from "node:fs";
import { priority } from "./heuristic.js";

const path = process.argv[2] ?? new URL("train.json", import.meta.url);
const { instances } = JSON.parse(readFileSync(path, "utf8"));

let excess = 0;
let total = 0;
for (const { points, reference } of instances) {
  const length = tourLength(points);
  excess += (length - reference) / reference / instances.length;
  total += length;
}
console.log(JSON.stringify({ score: -100 * excess, length: total }));

/** Length of the closed tour that the heuristic builds from the first point. */
function tourLength(points) {
  const [start, ...rest] = points;
  let open = rest;
  let at = start;
  let length = 0;
  while (open.length > 0) {
    // The heuristic gets copies, so that it can only say where to go.
    const priorities = priority(
      [...at],
      open.map((point) => [...point]),
      [...start],
      mean(open),
    );
    if (!Array.isArray(priorities) || priorities.length !== open.length)
      throw new Error("priority must return one number per open point");
    let best = 0;
    for (let k = 0; k < priorities.length; k++) {
      if (!Number.isFinite(priorities[k])) throw new Error(`priority returned ${priorities[k]}`);
      if (priorities[k] > priorities[best]) best = k;
    }
    length += distance(at, open[best]);
    at = open[best];
    open = open.toSpliced(best, 1);
  }
  return length + distance(at, start);
}

function mean(points) {
  const sum = points.reduce(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

function distance(a, b) {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2);
}
