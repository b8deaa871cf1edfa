import { binPackingUniform, binPackingWeibull } from "./bin-packing.ts";
import { circlePacking } from "./circle-packing.ts";
import type { EvolveProblem } from "./problem.ts";
import { sortingNetwork } from "./sorting-network.ts";
import { tour } from "./tour.ts";

export type { Baseline, EvolveProblem } from "./problem.ts";
export { packingCheck, packingProblem, type Circle, type PackingCheck } from "./circle-packing.ts";

/** World T3: programs and numbers with a score to raise. */
export const EVOLVE_PROBLEMS: readonly EvolveProblem[] = [
  binPackingWeibull,
  binPackingUniform,
  circlePacking,
  tour,
  sortingNetwork,
];
