/**
 * Holm's step-down adjustment (1979) of p-values for a family of tests, in the order given: rejecting those that are at most α
 * keeps the probability of any false rejection at most α, whatever the dependence between the tests.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[a] as number) - (pValues[b] as number));
  const adjusted = Array.from<number>({ length: pValues.length });
  let running = 0;
  for (const [rank, index] of order.entries()) {
    running = Math.max(running, Math.min(1, (pValues.length - rank) * (pValues[index] as number)));
    adjusted[index] = running;
  }
  return adjusted;
}
