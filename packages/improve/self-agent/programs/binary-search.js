export function find(list, wanted) {
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    if (list[middle] === wanted) return middle;
    if (list[middle] < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export const calls = [
  [[1, 3, 5, 7], 7],
  [[1, 3, 5, 7], 1],
  [[1, 3, 5, 7], 4],
  [[], 2],
  [[2], 2],
  [[1, 2, 3, 4, 5], 4],
  [[1, 2], 3],
];
