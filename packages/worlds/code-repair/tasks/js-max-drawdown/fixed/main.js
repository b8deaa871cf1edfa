function check(prices) {
  if (prices.some((p) => !Number.isFinite(p))) throw new TypeError('prices must be finite numbers');
}

/** The largest fall from a peak, with the positions of the peak and the low. */
export function maxDrawdown(prices) {
  check(prices);
  if (prices.length === 0) return null;
  let peakAt = 0;
  let worst = { fall: 0, from: 0, to: 0 };
  for (let i = 1; i < prices.length; i += 1) {
    if (prices[i] > prices[peakAt]) peakAt = i;
    const fall = prices[peakAt] - prices[i];
    if (fall > worst.fall) worst = { fall, from: peakAt, to: i };
  }
  return worst;
}

/** The best profit from buying once and selling once later; 0 when none. */
export function bestProfit(prices) {
  check(prices);
  let cheapest = Infinity;
  let best = 0;
  for (const price of prices) {
    best = Math.max(best, price - cheapest);
    cheapest = Math.min(cheapest, price);
  }
  return best;
}
