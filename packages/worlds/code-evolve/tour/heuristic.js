/**
 * Builds a tour through points in the plane, one after the other: says which point comes next.
 * `at` is the present point, `open` the points not yet visited, `start` where the tour began and will end, `middle` the mean of `open`.
 * Points are [x, y]. Returns one number per open point; the one with the highest is next, the first of several.
 */
export function priority(at, open, start, middle) {
  const weights = { at: -1, start: 0, middle: 0 };
  return open.map(
    (to) => weights.at * distance(at, to) + weights.start * distance(start, to) + weights.middle * distance(middle, to),
  );
}

function distance(a, b) {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2);
}
