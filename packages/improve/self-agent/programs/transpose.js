export function transpose(rows) {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map((row) => row.length));
  const columns = [];
  for (let x = 0; x < width; x++) {
    columns.push(rows.map((row) => row[x] ?? null));
  }
  return columns;
}

export const calls = [
  [
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [[]],
  [[[1, 2, 3]]],
  [[[1], [2, 3]]],
  [[[5], [6], [7]]],
  [[[1, 2], [3], []]],
];
