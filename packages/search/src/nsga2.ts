/** The objectives of a candidate: higher is better in every coordinate. */
export type Point = readonly number[];

/** True when `a` is at least as good as `b` everywhere and better somewhere. */
export function dominates(a: Point, b: Point): boolean {
  let better = false;
  for (let i = 0; i < a.length; i++) {
    const [own, other] = [a[i] as number, b[i] as number];
    if (own < other) return false;
    if (own > other) better = true;
  }
  return better;
}

/**
 * Fast non-dominated sorting (Deb et al. 2002, section III-A): indices by front, the best first, each in ascending order. Costs
 * O(objectives · points²).
 */
export function nonDominatedSort(points: readonly Point[]): readonly (readonly number[])[] {
  const dominated: number[][] = points.map(() => []);
  const dominators = new Int32Array(points.length);
  points.forEach((a, i) => {
    for (let j = i + 1; j < points.length; j++) {
      const b = points[j] as Point;
      if (dominates(a, b)) {
        (dominated[i] as number[]).push(j);
        dominators[j] = (dominators[j] as number) + 1;
      } else if (dominates(b, a)) {
        (dominated[j] as number[]).push(i);
        dominators[i] = (dominators[i] as number) + 1;
      }
    }
  });
  const fronts: number[][] = [];
  let front = points.flatMap((_, i) => (dominators[i] === 0 ? [i] : []));
  while (front.length > 0) {
    fronts.push(front);
    const next: number[] = [];
    for (const i of front)
      for (const j of dominated[i] as number[]) {
        dominators[j] = (dominators[j] as number) - 1;
        if (dominators[j] === 0) next.push(j);
      }
    front = next.sort((a, b) => a - b);
  }
  return fronts;
}

/**
 * Crowding distance of each point of one front (section III-B): the sum over the objectives of the distance between its two neighbours,
 * as a share of the front's extent; infinite at the ends.
 */
export function crowdingDistances(front: readonly Point[]): readonly number[] {
  const distances = front.map(() => 0);
  const objectives = front[0]?.length ?? 0;
  for (let m = 0; m < objectives; m++) {
    const value = (i: number): number => (front[i] as Point)[m] as number;
    const order = front.map((_, i) => i).sort((a, b) => value(a) - value(b) || a - b);
    const [first, last] = [order[0] as number, order.at(-1) as number];
    distances[first] = Infinity;
    distances[last] = Infinity;
    const extent = value(last) - value(first);
    if (extent === 0) continue;
    for (let k = 1; k + 1 < order.length; k++) {
      const i = order[k] as number;
      const gap = value(order[k + 1] as number) - value(order[k - 1] as number);
      distances[i] = (distances[i] as number) + gap / extent;
    }
  }
  return distances;
}

/** Every index in the order of the crowded comparison: the better front first, within a front the more isolated. */
export function crowdedOrder(points: readonly Point[]): readonly number[] {
  return nonDominatedSort(points).flatMap((front) => {
    const distances = crowdingDistances(front.map((i) => points[i] as Point));
    return front
      .map((index, at) => ({ index, distance: distances[at] as number }))
      .sort((a, b) => (a.distance === b.distance ? a.index - b.index : b.distance - a.distance))
      .map(({ index }) => index);
  });
}

/** The `count` points that NSGA-II lets survive: whole fronts while they fit, of the next one the most isolated. */
export function nsga2Select(points: readonly Point[], count: number): readonly number[] {
  return crowdedOrder(points).slice(0, count);
}
