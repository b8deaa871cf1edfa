import { nonDominatedSort, type Point } from "./nsga2.ts";

/**
 * Volume that a set of points dominates above a reference point (Zitzler & Thiele 1998), for two or three objectives, higher being better in
 * each. Points that are not above the reference everywhere add nothing. Two objectives by a sweep in O(n log n), three by slices along
 * the third in O(n² log n). Throws a RangeError for another number of objectives.
 */
export function hypervolume(points: readonly Point[], reference: Point): number {
  const objectives = reference.length;
  if (objectives !== 2 && objectives !== 3)
    throw new RangeError(`a hypervolume of two or three objectives, not of ${objectives}`);
  const above = points.map((point) => {
    if (point.length !== objectives) throw new RangeError(`a point of ${point.length} objectives among ${objectives}`);
    return point.map((value, i) => value - (reference[i] as number));
  });
  const inside = above.filter((point) => point.every((value) => value > 0));
  const front = (nonDominatedSort(inside)[0] ?? []).map((i) => inside[i] as Point);
  if (objectives === 2) return area(front);
  // From the highest third coordinate down, each slice is as deep as the points that reach it are wide.
  const descending = front.toSorted((a, b) => (b[2] as number) - (a[2] as number));
  let volume = 0;
  descending.forEach((point, i) => {
    const depth = (point[2] as number) - (descending[i + 1]?.[2] ?? 0);
    if (depth > 0) volume += depth * area(descending.slice(0, i + 1));
  });
  return volume;
}

/** Area under the staircase of points above the origin; dominated ones do no harm. */
function area(points: readonly Point[]): number {
  let covered = 0;
  let height = 0;
  for (const point of points.toSorted((a, b) => (b[0] as number) - (a[0] as number))) {
    const [width, own] = [point[0] as number, point[1] as number];
    if (own <= height) continue;
    covered += width * (own - height);
    height = own;
  }
  return covered;
}
