/** Product of two square matrices. */
export function product(a, b) {
  const n = a.length;
  const result = Array.from({ length: n }, () => Array.from({ length: n }, () => 0));
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < n; k++) {
      for (let i = 0; i < n; i++) {
        result[i][j] = result[i][j] + a[i][k] * b[k][j];
      }
    }
  }
  return result;
}
