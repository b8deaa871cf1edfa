/** Location and spread of a sample, in the units of the values. */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation (divisor n − 1); 0 for a single value. */
  readonly sd: number;
  /** sd / √n. */
  readonly standardError: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Summary of one or more finite values. Throws RangeError on an empty sample. */
export function summary(values: readonly number[]): Summary {
  const n = values.length;
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const sd = n > 1 ? Math.sqrt(squares / (n - 1)) : 0;
  const sorted = values.toSorted((a, b) => a - b);
  return {
    n,
    mean,
    sd,
    standardError: sd / Math.sqrt(n),
    median: quantileOfSorted(sorted, 0.5),
    min: sorted[0] as number,
    max: sorted[n - 1] as number,
  };
}

/** Arithmetic mean. Throws RangeError on an empty sample. */
export function meanOf(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("the mean of an empty sample");
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

/**
 * Quantile by linear interpolation between order statistics (Hyndman & Fan 1996, definition 7).
 * `probability` in [0, 1]; throws RangeError outside of it or on an empty sample.
 */
export function quantile(values: readonly number[], probability: number): number {
  return quantileOfSorted(
    values.toSorted((a, b) => a - b),
    probability,
  );
}

/** `quantile` of values that are already in ascending order. */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) throw new RangeError("a quantile of an empty sample");
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`a probability of ${probability}`);
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const fraction = position - below;
  // Without the test, 0 · Infinity would turn an infinite neighbour into NaN.
  return fraction === 0 ? low : low + fraction * ((sorted[below + 1] as number) - low);
}
