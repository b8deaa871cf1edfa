/**
 * What is known about packing.json beside its score, for searches that use constraints: 26 circles, each x, y and radius in this order;
 * the sum of the radii is maximised.
 */
import { CIRCLES, leavesSquare, overlap, toUnits } from "./check.js";

const circles = Array.from({ length: CIRCLES }, (_, i) => i);
const perCircle = (values) => circles.flatMap(() => values);

export const problem = {
  lower: perCircle([0, 0, 0]),
  upper: perCircle([1, 1, 0.5]),
  // A fresh circle is a point somewhere; the solver lets it grow.
  fresh: { lower: perCircle([0, 0, 0]), upper: perCircle([1, 1, 0]) },
  groups: circles.map((i) => [3 * i, 3 * i + 1, 3 * i + 2]),
  objective: (x) => circles.reduce((total, i) => total + x[3 * i + 2], 0),
  gradient: () => perCircle([0, 0, 1]),
  constraints,
  repair,
};

/** Inside the square, and centres at least as far apart as the radii add up to. */
function constraints(x, emit) {
  for (const i of circles) {
    const radius = 3 * i + 2;
    for (const axis of [3 * i, 3 * i + 1]) {
      emit(x[axis] - x[radius], [axis, radius], [1, -1]);
      emit(1 - x[axis] - x[radius], [axis, radius], [-1, -1]);
    }
    for (let j = 0; j < i; j++) {
      const [dx, dy] = [x[3 * i] - x[3 * j], x[3 * i + 1] - x[3 * j + 1]];
      // Two centres in one point may part in any direction.
      const distance = Math.sqrt(dx * dx + dy * dy);
      const [ux, uy] = distance === 0 ? [1, 0] : [dx / distance, dy / distance];
      emit(
        distance - x[radius] - x[3 * j + 2],
        [3 * i, 3 * i + 1, radius, 3 * j, 3 * j + 1, 3 * j + 2],
        [ux, uy, -1, -ux, -uy, -1],
      );
    }
  }
}

/**
 * Shrinks radii by the few last bits that a solver's rounding left over. Shrinking one circle never breaks the rules of another, so that
 * a single pass is enough. Null when a radius would have to vanish.
 */
function repair(x) {
  const fixed = circles.map((i) => [x[3 * i] + 0, x[3 * i + 1] + 0, x[3 * i + 2]]);
  const shrink = (circle, by) => {
    circle[2] = Math.min(circle[2] - by, circle[2] - circle[2] * Number.EPSILON);
  };
  for (const circle of fixed) {
    const [a, b] = [circle[0], circle[1]];
    circle[2] = Math.min(circle[2], a, b, 1 - a, 1 - b);
    while (circle[2] > 0 && leavesSquare(circle.map(toUnits))) shrink(circle, 0);
  }
  for (const [i, one] of fixed.entries()) {
    for (const other of fixed.slice(0, i)) {
      while (one[2] > 0 && other[2] > 0 && overlap(one.map(toUnits), other.map(toUnits))) {
        const excess = (one[2] + other[2] - Math.hypot(one[0] - other[0], one[1] - other[1])) / 2;
        shrink(one, excess);
        shrink(other, excess);
      }
    }
  }
  return fixed.every((circle) => circle[2] > 0) ? fixed.flat() : null;
}
