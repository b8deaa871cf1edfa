/** Length of the longest common subsequence of two texts. */
export function commonLength(a, b) {
  const from = (i, j) => {
    if (i === a.length || j === b.length) return 0;
    if (a[i] === b[j]) return 1 + from(i + 1, j + 1);
    return Math.max(from(i + 1, j), from(i, j + 1));
  };
  return from(0, 0);
}
