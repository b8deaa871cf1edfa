export function clamp(value, low, high) {
  if (low > high) return clamp(value, high, low);
  if (value < low) return low;
  return value > high ? high : value;
}

export const calls = [
  [5, 1, 10],
  [0, 1, 10],
  [11, 1, 10],
  [5, 10, 1],
  [10, 1, 10],
  [1, 1, 10],
  [-3, -2, -1],
];
