import type { Rng } from "../rng.ts";
import { meanOf } from "./summary.ts";

/** Direction of the alternative, read as "the first sample is … than the second". */
export type Alternative = "greater" | "less" | "two-sided";

export interface PermutationOptions {
  /** Used only when there are too many rearrangements to list. */
  readonly rng: Rng;
  readonly alternative?: Alternative;
  /** Pairs (a[i], b[i]): the signs of the differences are flipped. Otherwise the group labels are permuted. */
  readonly paired?: boolean;
  /** List all rearrangements when there are at most this many (50,000 unless told). */
  readonly exactLimit?: number;
  /** Random rearrangements otherwise (9,999 unless told). */
  readonly resamples?: number;
}

export interface PermutationResult {
  /** mean(a) − mean(b). */
  readonly difference: number;
  readonly pValue: number;
  /** True when every rearrangement was counted. */
  readonly exact: boolean;
}

/**
 * Permutation test of equal distributions, by the difference of means.
 * Beyond the exact limit the p-value is (hits + 1) / (resamples + 1), which never understates it (Phipson & Smyth 2010).
 */
export function permutationTest(
  a: readonly number[],
  b: readonly number[],
  options: PermutationOptions,
): PermutationResult {
  const { rng, alternative = "two-sided", paired = false, exactLimit = 50_000, resamples = 9_999 } = options;
  if (paired && a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} values are not pairs`);
  const difference = meanOf(a) - meanOf(b);
  const pool = paired ? a.map((value, i) => value - (b[i] as number)) : [...a, ...b];
  // The statistic is a sum that orders the rearrangements as the difference of means does: of the signed differences, or of group a.
  const centre = paired ? 0 : meanOf(pool) * a.length;
  const observed = sum(paired ? pool : a) - centre;
  // Equal sums reached in another order of additions may differ in the last bits; they must count as equal.
  const slack = 1e-12 * pool.reduce((total, value) => total + Math.abs(value), 0);
  const count = new HitCounter(observed, slack, alternative);
  const total = paired ? 2 ** pool.length : binomial(pool.length, a.length);
  const exact = total <= exactLimit;
  if (exact) {
    if (paired) allSigns(pool, (value) => count.add(value));
    else allSubsets(pool, a.length, (value) => count.add(value - centre));
    return { difference, pValue: count.hits / total, exact };
  }
  for (let i = 0; i < resamples; i++) {
    count.add(paired ? randomSigns(pool, rng) : randomSubset(pool, a.length, rng) - centre);
  }
  return { difference, pValue: (count.hits + 1) / (resamples + 1), exact };
}

class HitCounter {
  hits = 0;
  readonly #observed: number;
  readonly #slack: number;
  readonly #alternative: Alternative;

  constructor(observed: number, slack: number, alternative: Alternative) {
    this.#observed = observed;
    this.#slack = slack;
    this.#alternative = alternative;
  }

  add(value: number): void {
    const [statistic, observed] =
      this.#alternative === "greater"
        ? [value, this.#observed]
        : this.#alternative === "less"
          ? [-value, -this.#observed]
          : [Math.abs(value), Math.abs(this.#observed)];
    if (statistic >= observed - this.#slack) this.hits++;
  }
}

function allSigns(differences: readonly number[], visit: (total: number) => void): void {
  const step = (index: number, total: number): void => {
    if (index === differences.length) return visit(total);
    step(index + 1, total + (differences[index] as number));
    step(index + 1, total - (differences[index] as number));
  };
  step(0, 0);
}

function allSubsets(pool: readonly number[], size: number, visit: (total: number) => void): void {
  const step = (index: number, missing: number, total: number): void => {
    if (missing === 0) return visit(total);
    if (pool.length - index < missing) return;
    step(index + 1, missing - 1, total + (pool[index] as number));
    step(index + 1, missing, total);
  };
  step(0, size, 0);
}

function randomSigns(differences: readonly number[], rng: Rng): number {
  let total = 0;
  for (const difference of differences) total += rng.int(2) === 0 ? difference : -difference;
  return total;
}

/** Sum of a random subset; shuffles the front of `pool` in place, which leaves the next draw uniform. */
function randomSubset(pool: number[], size: number, rng: Rng): number {
  let total = 0;
  for (let i = 0; i < size; i++) {
    const other = i + rng.int(pool.length - i);
    const value = pool[other] as number;
    pool[other] = pool[i] as number;
    pool[i] = value;
    total += value;
  }
  return total;
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) result = Math.round((result * (n - i + 1)) / i);
  return result;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
