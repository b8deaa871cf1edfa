/** Overlapping intervals made one, in order. */
export function mergeIntervals(intervals) {
  let merged = intervals.map(([from, to]) => [from, to]);
  let changed = true;
  while (changed) {
    changed = false;
    for (let i = 0; i < merged.length && !changed; i++) {
      for (let j = i + 1; j < merged.length && !changed; j++) {
        if (merged[i][0] <= merged[j][1] && merged[j][0] <= merged[i][1]) {
          const joined = [Math.min(merged[i][0], merged[j][0]), Math.max(merged[i][1], merged[j][1])];
          merged = merged.filter((_, k) => k !== i && k !== j);
          merged.push(joined);
          changed = true;
        }
      }
    }
  }
  return merged.sort((a, b) => a[0] - b[0]);
}
