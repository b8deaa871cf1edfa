import type { Rng } from "../rng.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { quantileOfSorted } from "./summary.ts";
import type { Interval } from "./wilson.ts";

export interface BootstrapOptions {
  readonly rng: Rng;
  /** Two-sided confidence level; 0.95 unless told. */
  readonly level?: number;
  /** Number of resamples; 4000 unless told. */
  readonly resamples?: number;
  /** `bca` corrects for bias and skewness and is the default; `percentile` is the plain quantile interval. */
  readonly method?: "bca" | "percentile";
}

export interface BootstrapInterval extends Interval {
  readonly estimate: number;
  /** Standard deviation of the statistic over the resamples. */
  readonly standardError: number;
}

/**
 * Confidence interval of `statistic` (a function of the whole sample) by resampling with replacement.
 * Efron & Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 13 and 14. Needs at least 2 values; below about 10 the coverage
 * is less than the level says.
 */
export function bootstrapInterval(
  values: readonly number[],
  statistic: (sample: readonly number[]) => number,
  options: BootstrapOptions,
): BootstrapInterval {
  const { rng, level = 0.95, resamples = 4000, method = "bca" } = options;
  const n = values.length;
  if (n < 2) throw new RangeError(`a bootstrap of ${n} values`);
  const estimate = statistic(values);
  const replicates = new Float64Array(resamples);
  const sample = Array.from<number>({ length: n });
  for (let b = 0; b < resamples; b++) {
    for (let i = 0; i < n; i++) sample[i] = values[rng.int(n)] as number;
    replicates[b] = statistic(sample);
  }
  replicates.sort();
  const tail = (1 - level) / 2;
  const adjust = method === "bca" ? bcaProbability(values, statistic, estimate, replicates) : (p: number) => p;
  return {
    estimate,
    standardError: deviation(replicates),
    low: quantileOfSorted(replicates, adjust(tail)),
    high: quantileOfSorted(replicates, adjust(1 - tail)),
  };
}

/** Maps a nominal probability to the bias-corrected and accelerated one (Efron & Tibshirani, equations 14.9 to 14.15). */
function bcaProbability(
  values: readonly number[],
  statistic: (sample: readonly number[]) => number,
  estimate: number,
  replicates: Float64Array,
): (probability: number) => number {
  let below = 0;
  let equal = 0;
  for (const replicate of replicates) {
    if (replicate < estimate) below++;
    else if (replicate === estimate) equal++;
  }
  // Replicates equal to the estimate count half, or a discrete statistic such as the median would look biased.
  const bias = normalQuantile((below + equal / 2) / replicates.length);
  const acceleration = jackknifeAcceleration(values, statistic);
  return (probability) => {
    if (!Number.isFinite(bias)) return probability;
    const z = bias + normalQuantile(probability);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
}

function jackknifeAcceleration(values: readonly number[], statistic: (sample: readonly number[]) => number): number {
  const left = values.map((_, out) => statistic(values.toSpliced(out, 1)));
  const mean = left.reduce((a, b) => a + b, 0) / left.length;
  let squares = 0;
  let cubes = 0;
  for (const value of left) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

function deviation(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  const mean = total / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / Math.max(1, values.length - 1));
}
