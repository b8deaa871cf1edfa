import { dominates, type Point } from "./nsga2.ts";

/**
 * Fitness of SPEA2 (Zitzler, Laumanns & Thiele 2001, section 3.1), lower is better, below 1 exactly for points that nobody dominates: the
 * sum of the strengths of those who dominate it (how many each of them dominates), plus a density 1/(σᵏ + 2) with σᵏ the distance to the
 * k-th nearest neighbour, k = √(number of points). Distances are taken with every objective scaled to its extent.
 */
export function spea2Fitness(points: readonly Point[]): readonly number[] {
  const strength = points.map((a) => points.reduce((count, b) => count + (dominates(a, b) ? 1 : 0), 0));
  const between = distances(points);
  const k = Math.max(1, Math.floor(Math.sqrt(points.length)));
  return points.map((point, i) => {
    let raw = 0;
    points.forEach((other, j) => {
      if (dominates(other, point)) raw += strength[j] as number;
    });
    // Without a k-th neighbour the farthest one counts.
    const sorted = neighbours(between, i);
    const density = 1 / ((sorted[Math.min(k, sorted.length) - 1] ?? Infinity) + 2);
    return raw + density;
  });
}

/**
 * The `count` points that SPEA2 keeps (section 3.2): those that nobody dominates; too few are filled up with the fittest others, too many
 * truncated, each time by the one whose nearest neighbour is nearest (the next nearest breaks ties). Ascending indices.
 */
export function spea2Select(points: readonly Point[], count: number): readonly number[] {
  const fitness = spea2Fitness(points);
  const order = points.map((_, i) => i).sort((a, b) => (fitness[a] as number) - (fitness[b] as number) || a - b);
  const free = order.filter((i) => (fitness[i] as number) < 1);
  const kept = free.length <= count ? order.slice(0, count) : truncate(points, free, count);
  return kept.toSorted((a, b) => a - b);
}

function truncate(points: readonly Point[], from: readonly number[], count: number): readonly number[] {
  const between = distances(points);
  let left = from.toSorted((a, b) => a - b);
  while (left.length > count) {
    const lists = left.map((i) =>
      left
        .filter((j) => j !== i)
        .map((j) => (between[i] as readonly number[])[j] as number)
        .sort((a, b) => a - b),
    );
    let worst = 0;
    for (let at = 1; at < left.length; at++)
      if (nearer(lists[at] as readonly number[], lists[worst] as readonly number[])) worst = at;
    left = left.filter((_, at) => at !== worst);
  }
  return left;
}

/** Whether the first of two ascending lists of distances comes first in lexicographic order. */
function nearer(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((distance, i) => distance !== b[i]);
  return at !== -1 && (a[at] as number) < (b[at] as number);
}

function neighbours(between: readonly (readonly number[])[], i: number): readonly number[] {
  return (between[i] as readonly number[]).filter((_, j) => j !== i).sort((a, b) => a - b);
}

function distances(points: readonly Point[]): readonly (readonly number[])[] {
  const extents = (points[0] ?? []).map((_, m) => {
    const values = points.map((point) => point[m] as number);
    return Math.max(...values) - Math.min(...values) || 1;
  });
  return points.map((a) =>
    points.map((b) => Math.hypot(...extents.map((extent, m) => ((a[m] as number) - (b[m] as number)) / extent))),
  );
}
