/** The median after each new value (the lower one of two). */
export function runningMedians(values) {
  const medians = [];
  for (let i = 0; i < values.length; i++) {
    const seen = values.slice(0, i + 1);
    seen.sort((a, b) => a - b);
    medians.push(seen[Math.floor((seen.length - 1) / 2)]);
  }
  return medians;
}
