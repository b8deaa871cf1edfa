import { problemDirectory } from "./problem.ts";
import type { EvolveProblem } from "./problem.ts";

/** Lines i < j; the smaller value goes to i. */
export type Comparator = readonly [number, number];

export const NETWORK_SIZES = [8, 9, 10] as const;

/** Every pair of neighbours, one line fewer each time: n(n − 1)/2 comparators. */
export function bubbleSort(size: number): Comparator[] {
  const list: Comparator[] = [];
  for (let last = size - 1; last > 0; last--) for (let i = 0; i < last; i++) list.push([i, i + 1]);
  return list;
}

/** Merge exchange (Batcher 1968; Knuth, "The Art of Computer Programming" 3, section 5.2.2, algorithm M). */
export function mergeExchange(size: number): Comparator[] {
  const list: Comparator[] = [];
  const top = 2 ** (Math.ceil(Math.log2(size)) - 1);
  for (let p = top; p > 0; p = Math.floor(p / 2)) {
    let [q, r, d] = [top, 0, p];
    for (;;) {
      for (let i = 0; i < size - d; i++) if ((i & p) === r) list.push([i, i + d]);
      if (q === p) break;
      [d, q, r] = [q - p, q / 2, p];
    }
  }
  return list;
}

const comparators = (network: (size: number) => Comparator[]): number =>
  NETWORK_SIZES.reduce((total, size) => total + network(size).length, 0);

export const sortingNetwork: EvolveProblem = {
  id: "sorting-network",
  title: "Sorting networks for 8, 9 and 10 values, fewest comparators",
  directory: problemDirectory("sorting-network"),
  files: ["network.js", "score.js"],
  editable: ["network.js"],
  score: "node score.js",
  scoreFunction: "score.js#score",
  direction: "maximize",
  // 19 + 25 + 29 comparators, proven least (Codish, Cruz-Filipe, Frank & Schneider-Kamp 2014).
  bestKnown: -73,
  baselines: async () => [
    { name: "bubble sort", score: -comparators(bubbleSort) },
    { name: "merge exchange", score: -comparators(mergeExchange) },
  ],
};
