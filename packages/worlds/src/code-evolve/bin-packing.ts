import { readFileSync } from "node:fs";
import { Rng } from "@pawl/core";
import { problemDirectory } from "./problem.ts";
import type { Baseline, EvolveProblem } from "./problem.ts";

/** Items in order of arrival. */
export interface BinPackingInstances {
  readonly capacity: number;
  readonly instances: readonly (readonly number[])[];
}

type Split = "train" | "held-out";

/** Weibull(45, 3) sizes, rounded and clipped to 1 … 100, capacity 100: the family of Castiñeiras et al. 2012. */
export function weibullInstances(split: Split): BinPackingInstances {
  const [count, length] = split === "train" ? [5, 1000] : [5, 5000];
  const size = (rng: Rng): number =>
    Math.min(100, Math.max(1, Math.round(45 * (-Math.log(1 - rng.uniform())) ** (1 / 3))));
  return { capacity: 100, instances: generate("weibull", split, count, length, size) };
}

/** Whole sizes from 20 to 100, capacity 150: drawn as the "u" sets of the OR-Library are (Falkenauer 1996), with our own numbers. */
export function uniformInstances(split: Split): BinPackingInstances {
  const [count, length] = split === "train" ? [10, 500] : [20, 1000];
  return { capacity: 150, instances: generate("uniform", split, count, length, (rng) => 20 + rng.int(81)) };
}

function generate(family: string, split: Split, count: number, length: number, size: (rng: Rng) => number): number[][] {
  return Array.from({ length: count }, (_, index) => {
    const rng = Rng.of("bin-packing", family, split, index);
    return Array.from({ length }, () => size(rng));
  });
}

/** Where the item goes: an index into `spaces`, of which the last is the empty bin. Only called with an item that fits there. */
type Rule = (item: number, spaces: readonly number[]) => number;

const firstFit: Rule = (item, spaces) => spaces.findIndex((space) => space >= item);

const bestFit: Rule = (item, spaces) => {
  let best = spaces.length - 1;
  for (const [i, space] of spaces.entries()) if (space >= item && space < (spaces[best] as number)) best = i;
  return best;
};

/** Number of bins that an online rule uses. */
function binsUsed(items: readonly number[], capacity: number, rule: Rule): number {
  const spaces = [capacity];
  for (const item of items) {
    const chosen = rule(item, spaces);
    spaces[chosen] = (spaces[chosen] as number) - item;
    if (chosen === spaces.length - 1) spaces.push(capacity);
  }
  return spaces.length - 1;
}

/**
 * Lower bound L2 (Martello & Toth 1990, "Lower bounds and reduction procedures for the bin packing problem"), from counts per size
 * where the score program filters lists: one checks the other.
 */
export function lowerBound(items: readonly number[], capacity: number): number {
  const counts = new Float64Array(capacity + 1);
  for (const item of items) counts[item] = (counts[item] as number) + 1;
  let best = Math.ceil(items.reduce((total, item) => total + item, 0) / capacity);
  for (let a = 0; 2 * a <= capacity; a++) {
    if (a > 0 && counts[a] === 0) continue;
    let bins = 0;
    let free = 0;
    let small = 0;
    for (let size = a; size <= capacity; size++) {
      const count = counts[size] as number;
      if (2 * size <= capacity) small += count * size;
      else bins += count;
      if (2 * size > capacity && size <= capacity - a) free += count * (capacity - size);
    }
    best = Math.max(best, bins + Math.max(0, Math.ceil((small - free) / capacity)));
  }
  return best;
}

/** Minus the mean excess over the lower bound, in percent. */
function scoreOf({ capacity, instances }: BinPackingInstances, rule: Rule): number {
  let excess = 0;
  for (const items of instances) {
    const bound = lowerBound(items, capacity);
    excess += (binsUsed(items, capacity, rule) - bound) / bound / instances.length;
  }
  return -100 * excess;
}

function problem(id: string, title: string): EvolveProblem {
  const directory = problemDirectory(id);
  const read = (file: string): BinPackingInstances =>
    JSON.parse(readFileSync(new URL(file, directory), "utf8")) as BinPackingInstances;
  return {
    id,
    title,
    directory,
    files: ["heuristic.js", "score.js", "train.json"],
    editable: ["heuristic.js"],
    score: "node score.js",
    heldOut: { files: ["held-out.json"], command: "node score.js held-out.json" },
    direction: "maximize",
    baselines: async (): Promise<Baseline[]> => {
      const [train, heldOut] = [read("train.json"), read("held-out.json")];
      return Object.entries({ "first fit": firstFit, "best fit": bestFit }).map(([name, rule]) => ({
        name,
        score: scoreOf(train, rule),
        heldOut: scoreOf(heldOut, rule),
      }));
    },
  };
}

export const binPackingWeibull = problem("bin-packing-weibull", "Online bin packing, Weibull sizes");
export const binPackingUniform = problem("bin-packing-uniform", "Online bin packing, uniform sizes");
