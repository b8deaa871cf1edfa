export interface Summary {
  count: number;
  min: number;
  max: number;
  mean: number;
}

export function summarize(values: readonly number[]): Summary | null {
  if (values.length === 0) return null;
  let min = Infinity;
  let max = 0;
  let total = 0;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
    total += value;
  }
  return { count: values.length, min, max, mean: total / values.length };
}

/** How many values fall in each of `bins` equal parts; the last one takes the maximum. */
export function histogram(values: readonly number[], bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  const summary = summarize(values);
  if (summary === null) return counts;
  const width = (summary.max - summary.min) / bins;
  for (const value of values) {
    const bin = width === 0 ? 0 : Math.floor((value - summary.min) / width);
    counts[Math.min(bin, bins - 1)] += 1;
  }
  return counts;
}

export function bars(values: readonly number[], bins: number): string[] {
  return histogram(values, bins).map((count) => '#'.repeat(count));
}
