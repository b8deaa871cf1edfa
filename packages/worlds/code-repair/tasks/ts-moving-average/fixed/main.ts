export interface Point {
  readonly at: number;
  readonly value: number;
}

function checkSize(size: number): void {
  if (!Number.isInteger(size) || size < 1) throw new RangeError('size must be a positive integer');
}

/** Means of the last `size` values; null while the window is not full yet. */
export function movingAverage(values: readonly number[], size: number): Array<number | null> {
  checkSize(size);
  let sum = 0;
  return values.map((value, i) => {
    sum += value;
    if (i >= size) sum -= values[i - size];
    return i >= size - 1 ? sum / size : null;
  });
}

/** Positions where the series crosses its moving average from below. */
export function crossings(values: readonly number[], size: number): number[] {
  const means = movingAverage(values, size);
  const found: number[] = [];
  for (let i = 1; i < values.length; i += 1) {
    const before = means[i - 1];
    const now = means[i];
    if (before === null || now === null) continue;
    if (values[i - 1] <= before && values[i] > now) found.push(i);
  }
  return found;
}

/** Mean value per bucket of `width`; keyed by the start of the bucket. */
export function bucketMeans(points: readonly Point[], width: number): Map<number, number> {
  const sums = new Map<number, { total: number; count: number }>();
  for (const { at, value } of points) {
    const start = Math.floor(at / width) * width;
    const entry = sums.get(start) ?? { total: 0, count: 0 };
    sums.set(start, { total: entry.total + value, count: entry.count + 1 });
  }
  return new Map([...sums].map(([start, { total, count }]) => [start, total / count]));
}
