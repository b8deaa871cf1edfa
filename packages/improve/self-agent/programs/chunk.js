export function chunk(list, size) {
  if (size < 1) throw new RangeError("size");
  const chunks = [];
  for (let at = 0; at < list.length; at += size) {
    chunks.push(list.slice(at, at + size));
  }
  return chunks;
}

export const calls = [
  [[1, 2, 3, 4, 5], 2],
  [[1, 2], 3],
  [[], 2],
  [[1, 2, 3], 1],
  [[1, 2, 3, 4], 2],
  [[1, 2, 3], 3],
];
