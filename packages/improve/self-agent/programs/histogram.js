export function histogram(values, width) {
  const bins = [];
  for (const value of values) {
    const bin = Math.floor(value / width);
    while (bins.length <= bin) bins.push(0);
    bins[bin] += 1;
  }
  return bins;
}

export const calls = [
  [[0, 1, 5], 2],
  [[], 1],
  [[9], 3],
  [[2, 2, 4], 2],
  [[0.5, 1.5], 1],
  [[10, 20, 30], 10],
  [[3, 0], 4],
];
