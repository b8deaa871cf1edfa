/** All ways to choose `count` items, in the order of the list. */
export function combinations<T>(items: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  if (count < 0 || items.length < count) return [];
  const [first, ...rest] = items;
  const withFirst = combinations(rest, count - 1).map((choice) => [first, ...choice]);
  return [...withFirst, ...combinations(rest, count)];
}

export function subsets<T>(items: readonly T[]): T[][] {
  const all: T[][] = [];
  for (let count = 0; count <= items.length; count += 1) all.push(...combinations(items, count));
  return all;
}

/** In how many ways coins (each as often as needed) make up the amount. */
export function waysToPay(amount: number, coins: readonly number[]): number {
  if (amount === 0) return 0;
  if (amount < 0 || coins.length === 0) return 0;
  const [coin, ...others] = coins;
  if (coin <= 0) throw new RangeError('coins must be positive');
  return waysToPay(amount - coin, coins) + waysToPay(amount, others);
}

/** Whether some of the numbers add up to the target. */
export function hasSubsetSum(numbers: readonly number[], target: number): boolean {
  return subsets(numbers).some((subset) => subset.reduce((a, b) => a + b, 0) === target);
}
