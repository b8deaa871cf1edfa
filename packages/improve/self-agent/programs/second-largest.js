export function second(numbers) {
  let first = -Infinity;
  let next = -Infinity;
  for (const each of numbers) {
    if (each > first) {
      next = first;
      first = each;
    } else if (each < first && each > next) next = each;
  }
  return next === -Infinity ? null : next;
}

export const calls = [[[1, 2, 3]], [[3, 2, 1]], [[5, 5, 4]], [[1]], [[]], [[2, 9, 7, 9]], [[-4, -2, -8]]];
