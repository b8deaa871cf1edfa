export function digitSum(number, base = 10) {
  let rest = Math.abs(number);
  let sum = 0;
  while (rest > 0) {
    sum += rest % base;
    rest = Math.floor(rest / base);
  }
  return sum;
}

export const calls = [[123], [0], [-45], [255, 16], [7, 2], [1000], [99, 10]];
