/** Sums over a window that slides along the values. */
export function windowSums(values, width) {
  const sums = [];
  for (let i = 0; i + width <= values.length; i++) {
    sums.push(values.slice(i, i + width).reduce((sum, value) => sum + value, 0));
  }
  return sums;
}
