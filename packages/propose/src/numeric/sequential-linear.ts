import type { ConstrainedProblem } from "@pawl/core";
import { solveLinearProgram } from "./linear-program.ts";
import type { LinearRow, LinearSolution } from "./linear-program.ts";

export interface SequentialLinearOptions {
  /** First half-width of the trust region, as a share of each variable's box; 0.1 unless told. */
  readonly trust?: number;
  /** Linear programs at most; 60 unless told. */
  readonly maxSteps?: number;
  /** An objective worth reaching: a start that will end below it is given up early. */
  readonly aspire?: number;
}

export interface LocalOptimum {
  readonly x: Float64Array;
  readonly objective: number;
  /** Largest violation of a constraint; 0 when none is violated. */
  readonly violation: number;
  /** Linear programs solved. */
  readonly steps: number;
}

const SMALLEST_TRUST = 1e-10;
/** A larger region lets in rows that never bind; a smaller one would cost a step to grow again near the optimum. */
const LARGEST_TRUST = 0.2;
const TRUST_AFTER_GAIN = 1e-3;
/** A violation up to this is rounding. */
const VALID = 1e-9;
/** A gain below this share of the objective's size is rounding. */
const SMALLEST_GAIN = 1e-14;

/**
 * Sequential linear programming with a trust region and an exact penalty (Fletcher & Sainz de la Maza 1989). Where the optimum is
 * a vertex, as with rigid packings, it converges quadratically, and any start will do, valid or not.
 */
export function sequentialLinear(
  problem: ConstrainedProblem,
  start: ArrayLike<number>,
  options: SequentialLinearOptions = {},
): LocalOptimum {
  const { maxSteps = 60, aspire = Number.NEGATIVE_INFINITY } = options;
  let trust = options.trust ?? 0.1;
  let x = Float64Array.from(start, (value, j) => clamp(value, problem.lower[j] as number, problem.upper[j] as number));
  let objective = problem.objective(x);
  let violation = largestViolation(problem, x);
  let penalty = Math.max(1, sumOfSizes(problem.gradient(x)));
  let steps = 0;
  while (steps < maxSteps && trust >= SMALLEST_TRUST) {
    steps++;
    const { solution, bound } = linearised(problem, x, trust, penalty);
    if (solution.status !== "optimal") {
      trust /= 4;
      continue;
    }
    // The penalty is exact when it exceeds the sum of the multipliers; at the elastic variable's bound they do not say how much is enough.
    const multipliers = solution.duals.reduce((total, dual) => total + dual, 0);
    const left = solution.x[x.length] as number;
    if (left > VALID && left > 0.5 * violation && penalty < 1e6) {
      penalty *= 10;
      continue;
    }
    // At a valid point a penalty beyond that would only punish steps along a curved constraint.
    penalty = Math.max(violation > VALID ? penalty : 1, 2 * multipliers);
    const next = solution.x.slice(0, x.length);
    for (let j = 0; j < next.length; j++)
      next[j] = clamp((next[j] as number) + (x[j] as number), problem.lower[j] as number, problem.upper[j] as number);
    const merit = objective - penalty * violation;
    const predicted = bound - penalty * left - merit;
    if (predicted <= SMALLEST_GAIN * Math.max(1, Math.abs(merit))) break;
    // Near an optimum each step promises far less than the one before: what this one promises, three times, is all there is to hope for.
    const reach = largestShare(problem, solution.x);
    if (violation <= VALID && reach < 0.9 * trust && merit + 3 * predicted < aspire) break;
    const nextObjective = problem.objective(next);
    const nextViolation = largestViolation(problem, next);
    const gain = nextObjective - penalty * nextViolation - merit;
    if (gain > 0) {
      x = next;
      objective = nextObjective;
      violation = nextViolation;
    }
    // The region follows the steps, so that it leaves out most rows when they get small.
    if (gain > 0.75 * predicted) trust = Math.min(LARGEST_TRUST, Math.max(TRUST_AFTER_GAIN, 2 * reach));
    else if (gain < 0.25 * predicted) trust = Math.min(trust, reach) / 4;
  }
  return { x, objective, violation, steps };
}

/** The linear program in the steps d, with one elastic variable for the largest violation. `bound` is the objective it promises. */
function linearised(
  problem: ConstrainedProblem,
  x: Float64Array,
  trust: number,
  penalty: number,
): { solution: LinearSolution; bound: number } {
  const n = x.length;
  const gradient = problem.gradient(x);
  const cost = new Float64Array(n + 1);
  const lower = new Float64Array(n + 1);
  const upper = new Float64Array(n + 1);
  for (let j = 0; j < n; j++) {
    const [from, to, at] = [problem.lower[j] as number, problem.upper[j] as number, x[j] as number];
    const reach = trust * (to - from);
    cost[j] = gradient[j] as number;
    lower[j] = Math.max(from - at, -reach);
    upper[j] = Math.min(to - at, reach);
  }
  cost[n] = -penalty;
  const rows: LinearRow[] = [];
  let violation = 0;
  problem.constraints(x, (value, variables, slopes) => {
    violation = Math.max(violation, -value);
    // A constraint that no step within the trust region can break is left out.
    let drop = 0;
    for (let k = 0; k < variables.length; k++) {
      const [j, slope] = [variables[k] as number, slopes[k] as number];
      drop += slope > 0 ? -slope * (lower[j] as number) : -slope * (upper[j] as number);
    }
    if (value > drop) return;
    const coefficients = slopes.map((slope) => -slope);
    coefficients.push(-1);
    rows.push({ variables: variables.concat(n), coefficients, limit: value });
  });
  upper[n] = violation;
  const solution = solveLinearProgram({ cost, lower, upper, rows });
  let bound = problem.objective(x);
  for (let j = 0; j < n; j++) bound += (cost[j] as number) * (solution.x[j] as number);
  return { solution, bound };
}

/** Largest step among the variables, as a share of their boxes. */
function largestShare({ lower, upper }: ConstrainedProblem, steps: Float64Array): number {
  let share = 0;
  for (let j = 0; j < lower.length; j++) {
    const range = (upper[j] as number) - (lower[j] as number);
    if (range > 0) share = Math.max(share, Math.abs(steps[j] as number) / range);
  }
  return share;
}

function sumOfSizes(values: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < values.length; j++) sum += Math.abs(values[j] as number);
  return sum;
}

function largestViolation(problem: ConstrainedProblem, x: Float64Array): number {
  let violation = 0;
  problem.constraints(x, (value) => {
    // NaN must count as a violation.
    if (!(value >= -violation)) violation = Number.isNaN(value) ? Number.POSITIVE_INFINITY : -value;
  });
  return violation;
}

function clamp(value: number, lower: number, upper: number): number {
  return Math.min(upper, Math.max(lower, value));
}
