/**
 * Exact arithmetic on circles [x, y, radius] in the unit square. Every finite float64 is a whole multiple of 2^-1074, so that
 * sums, products and comparisons of whole numbers decide everything; no tolerance is used.
 */

export const CIRCLES = 26;
const UNIT = 1n << 1074n;

/** The whole number n with value = n · 2^-1074. Throws RangeError unless the value is finite. */
export function toUnits(value) {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const size = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n);
  return bits >> 63n ? -size : size;
}

/** The float64 nearest to n · 2^-1074, for n ≥ 0. */
export function fromUnits(units) {
  // Dropped bits survive as one sticky bit, so that Number() rounds as if it saw them all.
  const length = units.toString(2).length;
  const drop = BigInt(Math.max(0, length - 70));
  const kept = units >> drop;
  const sticky = kept << drop === units ? kept : kept | 1n;
  return Number(sticky) * 2 ** (Number(drop) - 1074);
}

/** What is wrong with the packing, in one sentence; null when it is valid. */
export function fault(circles) {
  if (!Array.isArray(circles) || circles.length !== CIRCLES) return `expected a list of ${CIRCLES} circles`;
  for (const [i, circle] of circles.entries()) {
    if (!Array.isArray(circle) || circle.length !== 3) return `circle ${i} is not [x, y, radius]`;
    for (const value of circle) {
      if (typeof value !== "number" || !Number.isFinite(value) || Object.is(value, -0))
        return `circle ${i} holds ${Object.is(value, -0) ? "-0" : value}`;
    }
    if (circle[2] <= 0) return `circle ${i} has radius ${circle[2]}`;
  }
  const exact = circles.map((circle) => circle.map(toUnits));
  for (const [i, circle] of exact.entries()) {
    if (leavesSquare(circle)) return `circle ${i} leaves the square`;
    for (let j = 0; j < i; j++) if (overlap(circle, exact[j])) return `circles ${j} and ${i} overlap`;
  }
  return null;
}

/** Sum of the radii, rounded once. */
export function sumOfRadii(circles) {
  return fromUnits(circles.reduce((total, circle) => total + toUnits(circle[2]), 0n));
}

/** Circle in units. */
export function leavesSquare([x, y, radius]) {
  return x < radius || y < radius || x + radius > UNIT || y + radius > UNIT;
}

/** Circles in units. Touching is not overlapping. */
export function overlap([ax, ay, ar], [bx, by, br]) {
  return (ax - bx) ** 2n + (ay - by) ** 2n < (ar + br) ** 2n;
}
