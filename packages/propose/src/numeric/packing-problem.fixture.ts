import type { ConstrainedProblem } from "@pawl/core";

/** Largest sum of radii of `count` circles in the unit square; variables x, y, radius. */
export function packing(count: number): ConstrainedProblem {
  const circles = Array.from({ length: count }, (_, i) => i);
  const each = (values: readonly number[]): number[] => circles.flatMap(() => values);
  return {
    lower: each([0, 0, 0]),
    upper: each([1, 1, 0.5]),
    fresh: { lower: each([0, 0, 0]), upper: each([1, 1, 0]) },
    groups: circles.map((i) => [3 * i, 3 * i + 1, 3 * i + 2]),
    objective: (x) => circles.reduce((total, i) => total + (x[3 * i + 2] as number), 0),
    gradient: () => each([0, 0, 1]),
    constraints: (x, emit) => {
      for (const i of circles) {
        const radius = x[3 * i + 2] as number;
        for (const axis of [3 * i, 3 * i + 1]) {
          emit((x[axis] as number) - radius, [axis, 3 * i + 2], [1, -1]);
          emit(1 - (x[axis] as number) - radius, [axis, 3 * i + 2], [-1, -1]);
        }
        for (let j = 0; j < i; j++) {
          const [dx, dy] = [
            (x[3 * i] as number) - (x[3 * j] as number),
            (x[3 * i + 1] as number) - (x[3 * j + 1] as number),
          ];
          const distance = Math.hypot(dx, dy) || 1e-300;
          const [ux, uy] = [dx / distance, dy / distance];
          const variables = [3 * i, 3 * i + 1, 3 * i + 2, 3 * j, 3 * j + 1, 3 * j + 2];
          emit(distance - radius - (x[3 * j + 2] as number), variables, [ux, uy, -1, -ux, -uy, -1]);
        }
      }
    },
  };
}
