export function median(numbers) {
  if (numbers.length === 0) return null;
  const sorted = numbers.slice().sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle];
  return (sorted[middle - 1] + sorted[middle]) / 2;
}

export const calls = [[[3, 1, 2]], [[4, 1, 3, 2]], [[]], [[7]], [[10, 2]], [[5, 5, 1, 9, 8]], [[-1, -5, -3, 0]]];
