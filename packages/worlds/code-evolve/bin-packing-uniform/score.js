/**
 * Scores heuristic.js: minus the mean excess over the lower bound, in percent (0 is a perfect packing, higher is better).
 * Usage: node score.js [instances.json]. The last line of output is JSON.
 */
import { readFileSync } from "node:fs";
import { priority } from "./heuristic.js";

const path = process.argv[2] ?? new URL("train.json", import.meta.url);
const { capacity, instances } = JSON.parse(readFileSync(path, "utf8"));

let excess = 0;
let used = 0;
let bound = 0;
for (const items of instances) {
  const bins = pack(items);
  const least = lowerBound(items);
  excess += (bins - least) / least / instances.length;
  used += bins;
  bound += least;
}
console.log(JSON.stringify({ score: -100 * excess, bins: used, lowerBound: bound }));

/** Number of bins the heuristic uses. */
function pack(items) {
  const spaces = [capacity];
  let opened = 0;
  for (const item of items) {
    // Bins without room are left out, and the heuristic gets copies, so that it can only say where the item goes.
    const fitting = [];
    for (let i = 0; i < spaces.length; i++) if (spaces[i] >= item) fitting.push(i);
    const priorities = priority(
      item,
      fitting.map((i) => spaces[i]),
    );
    if (!Array.isArray(priorities) || priorities.length !== fitting.length)
      throw new Error("priority must return one number per bin");
    let best = 0;
    for (let k = 0; k < priorities.length; k++) {
      if (!Number.isFinite(priorities[k])) throw new Error(`priority returned ${priorities[k]}`);
      if (priorities[k] > priorities[best]) best = k;
    }
    const chosen = fitting[best];
    if (chosen === spaces.length - 1) {
      opened++;
      spaces.push(capacity);
    }
    spaces[chosen] -= item;
    if (spaces[chosen] === 0) spaces.splice(chosen, 1);
  }
  return opened;
}

/**
 * Lower bound L2 of Martello and Toth: items larger than capacity − a need a bin each, those above half a bin too, and
 * the items of at least a that do not fit beside them fill further bins; the best a counts.
 */
function lowerBound(items) {
  let best = Math.ceil(items.reduce((total, item) => total + item, 0) / capacity);
  for (const a of new Set([0, ...items.filter((item) => 2 * item <= capacity)])) {
    const large = items.filter((item) => item > capacity - a);
    const middle = items.filter((item) => item <= capacity - a && 2 * item > capacity);
    const small = items.filter((item) => 2 * item <= capacity && item >= a);
    const free = middle.length * capacity - sum(middle);
    best = Math.max(best, large.length + middle.length + Math.max(0, Math.ceil((sum(small) - free) / capacity)));
  }
  return best;
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
