/**
 * Distribution function of the standard normal. Absolute error below 1e-14:
 * the series of the density-scaled integral near 0 (Marsaglia 2004), Lentz's continued fraction in the tails.
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < 0) return upperTail(-z);
  return 1 - upperTail(z);
}

/** Inverse of `normalCdf`; −Infinity at 0 and Infinity at 1. Throws RangeError outside [0, 1]. */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`a probability of ${probability}`);
  if (probability === 0) return Number.NEGATIVE_INFINITY;
  if (probability === 1) return Number.POSITIVE_INFINITY;
  // By symmetry only the lower tail is solved, where the distribution function keeps its relative precision.
  return probability <= 0.5 ? lowerQuantile(probability) : -lowerQuantile(1 - probability);
}

/** Newton on log Φ, which is concave, so the iteration started below the root rises to it without overshooting. */
function lowerQuantile(probability: number): number {
  let z = probability === 0.5 ? 0 : -Math.sqrt(-2 * Math.log(probability));
  for (let step = 0; step < 60; step++) {
    const value = normalCdf(z);
    const change = ((Math.log(value) - Math.log(probability)) * value) / density(z);
    z -= change;
    if (Math.abs(change) <= 1e-15 * Math.max(1, Math.abs(z))) break;
  }
  return z;
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** P(Z > z) for z ≥ 0. */
function upperTail(z: number): number {
  if (z > 39) return 0;
  if (z < 2) {
    let term = z;
    let total = z;
    for (let k = 3; total + term !== total; k += 2) {
      term *= (z * z) / k;
      total += term;
    }
    return 0.5 - total * density(z);
  }
  // z + 1/(z + 2/(z + 3/(…))), evaluated from the far end; 200 levels are enough from z = 2 upwards.
  let fraction = z;
  for (let k = 200; k >= 1; k--) fraction = z + k / fraction;
  return density(z) / fraction;
}
