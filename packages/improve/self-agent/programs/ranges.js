export function ranges(numbers) {
  const found = [];
  for (const each of numbers) {
    const last = found[found.length - 1];
    if (last !== undefined && each === last.to + 1) last.to = each;
    else found.push({ from: each, to: each });
  }
  return found.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

export const calls = [[[1, 2, 3, 5]], [[]], [[4]], [[1, 3, 5]], [[1, 2, 4, 5]], [[7, 8, 9]], [[-2, -1, 0]]];
