import { normalCdf } from "./normal.ts";
import type { Alternative } from "./permutation.ts";

export interface MannWhitneyResult {
  /** Number of pairs (x in a, y in b) with x > y, ties counting half. */
  readonly u: number;
  readonly pValue: number;
  readonly exact: boolean;
  /** u / (|a|·|b|): the chance that a value of a beats a value of b. */
  readonly superiority: number;
}

/** Exact tables are computed up to this product of the sample sizes. */
const EXACT_LIMIT = 900;

/**
 * Mann-Whitney U test (1947) of equal distributions. Without ties and for small samples the p-value is exact; otherwise it is the normal
 * approximation with continuity correction and the variance corrected for ties (Hollander & Wolfe, section 4.1).
 */
export function mannWhitney(
  a: readonly number[],
  b: readonly number[],
  alternative: Alternative = "two-sided",
): MannWhitneyResult {
  const [n, m] = [a.length, b.length];
  if (n === 0 || m === 0) throw new RangeError(`samples of ${n} and ${m} values`);
  const { rankSum, tieTerm } = rank(a, b);
  const u = rankSum - (n * (n + 1)) / 2;
  const exact = tieTerm === 0 && n * m <= EXACT_LIMIT;
  const upper = exact ? exactUpperTail : approximateUpperTail;
  const greater = upper(u, n, m, tieTerm);
  const less = upper(n * m - u, n, m, tieTerm);
  const pValue =
    alternative === "greater" ? greater : alternative === "less" ? less : Math.min(1, 2 * Math.min(greater, less));
  return { u, pValue, exact, superiority: u / (n * m) };
}

/** Rank sum of `a` with mid-ranks, and Σ(t³ − t) over groups of t tied values. */
function rank(a: readonly number[], b: readonly number[]): { rankSum: number; tieTerm: number } {
  const all = [...a.map((value) => ({ value, first: true })), ...b.map((value) => ({ value, first: false }))];
  all.sort((x, y) => x.value - y.value);
  let rankSum = 0;
  let tieTerm = 0;
  for (let start = 0; start < all.length;) {
    let end = start;
    while (end < all.length && all[end]?.value === all[start]?.value) end++;
    const size = end - start;
    if (size === 0) throw new RangeError("a value that is not a number");
    const midRank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) if (all[i]?.first) rankSum += midRank;
    tieTerm += size ** 3 - size;
    start = end;
  }
  return { rankSum, tieTerm };
}

/** P(U ≥ u): subsets of n of the ranks 1 … n + m, counted by their sum. */
function exactUpperTail(u: number, n: number, m: number): number {
  // counts[k][s]: ways to place k values of a so that they beat s values of b, over the values of b seen so far.
  const counts = Array.from({ length: n + 1 }, () => new Float64Array(n * m + 1));
  (counts[0] as Float64Array)[0] = 1;
  for (let total = 1; total <= n + m; total++) {
    for (let k = Math.min(n, total); k >= 1; k--) {
      // The largest of `total` values is the k-th of a, and so beats the total − k of b.
      const beaten = total - k;
      if (beaten > m) continue;
      const row = counts[k] as Float64Array;
      const previous = counts[k - 1] as Float64Array;
      for (let s = n * m; s >= beaten; s--) row[s] = (row[s] as number) + (previous[s - beaten] as number);
    }
  }
  const last = counts[n] as Float64Array;
  let tail = 0;
  let all = 0;
  for (let s = 0; s <= n * m; s++) {
    all += last[s] as number;
    if (s >= u) tail += last[s] as number;
  }
  return tail / all;
}

function approximateUpperTail(u: number, n: number, m: number, tieTerm: number): number {
  const total = n + m;
  const variance = ((n * m) / 12) * (total + 1 - tieTerm / (total * (total - 1)));
  if (variance <= 0) return 1;
  return normalCdf(-(u - (n * m) / 2 - 0.5) / Math.sqrt(variance));
}
