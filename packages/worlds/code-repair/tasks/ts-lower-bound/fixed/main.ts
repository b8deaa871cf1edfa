export type Comparison<T> = (a: T, b: T) => number;

const byValue: Comparison<number> = (a, b) => a - b;

function assertSorted(list: readonly number[]): void {
  for (let i = 1; i < list.length; i += 1) {
    if (list[i - 1] > list[i]) throw new RangeError(`not sorted at ${i}`);
  }
}

/** The first position whose element is not less than `target`. */
export function lowerBound<T>(list: readonly T[], target: T, compare: Comparison<T>): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(list[middle], target) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function indexOfSorted(list: readonly number[], target: number): number {
  assertSorted(list);
  const at = lowerBound(list, target, byValue);
  return list[at] === target ? at : -1;
}

export function insertSorted(list: readonly number[], value: number): number[] {
  assertSorted(list);
  const at = lowerBound(list, value, byValue);
  return [...list.slice(0, at), value, ...list.slice(at)];
}

/** How many elements are at least `from` and less than `to`. */
export function countBetween(list: readonly number[], from: number, to: number): number {
  assertSorted(list);
  if (to <= from) return 0;
  return lowerBound(list, to, byValue) - lowerBound(list, from, byValue);
}
