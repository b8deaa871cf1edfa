/**
 * A/A: the seed with which an arm is measured once more, as if it were another one. What then lies between the two is chance, and a difference
 * that is to mean something has to be larger.
 */
export function sameAgain(seed: number): number {
  return seed + 1_000_003;
}
