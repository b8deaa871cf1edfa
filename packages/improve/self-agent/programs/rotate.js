export function rotate(list, steps) {
  if (list.length === 0) return [];
  const shift = ((steps % list.length) + list.length) % list.length;
  return list.slice(shift).concat(list.slice(0, shift));
}

export const calls = [
  [[1, 2, 3], 1],
  [[1, 2, 3], -1],
  [[], 2],
  [[1, 2, 3, 4], 6],
  [[1], 5],
  [[1, 2, 3], 3],
  [[4, 5, 6, 7, 8], 2],
];
