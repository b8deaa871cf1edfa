export function merge(left, right) {
  const merged = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    if (left[i] <= right[j]) merged.push(left[i++]);
    else merged.push(right[j++]);
  }
  return merged.concat(left.slice(i), right.slice(j));
}

export const calls = [
  [
    [1, 4],
    [2, 3],
  ],
  [[], [1]],
  [[5], []],
  [
    [1, 2],
    [3, 4],
  ],
  [
    [3, 4],
    [1, 2],
  ],
  [[1, 1], [1]],
  [[], []],
];
