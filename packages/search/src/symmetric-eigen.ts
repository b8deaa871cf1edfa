export interface SymmetricEigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** Row k is the unit eigenvector of values[k]. */
  readonly vectors: readonly Float64Array[];
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan, section 8.5). Slower than QL for large
 * matrices, but accurate to the last bits and short; fine up to a few hundred rows.
 */
export function symmetricEigen(matrix: readonly ArrayLike<number>[]): SymmetricEigen {
  const n = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const vectors = a.map((_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60 && !isDiagonal(a); sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => at(a, i, i) - at(a, j, j));
  return {
    values: Float64Array.from(order, (i) => at(a, i, i)),
    vectors: order.map((i) => vectors[i] as Float64Array),
  };
}

function at(a: readonly Float64Array[], i: number, j: number): number {
  return (a[i] as Float64Array)[j] as number;
}

function isDiagonal(a: readonly Float64Array[]): boolean {
  for (let i = 0; i < a.length; i++) {
    for (let j = i + 1; j < a.length; j++) {
      if (Math.abs(at(a, i, j)) > 1e-17 * (Math.abs(at(a, i, i)) + Math.abs(at(a, j, j)))) return false;
    }
  }
  return true;
}

/** Zeroes a[p][q] by a rotation in the plane of p and q, and turns the vectors with it. */
function rotate(a: readonly Float64Array[], vectors: readonly Float64Array[], p: number, q: number): void {
  const off = at(a, p, q);
  if (off === 0) return;
  const theta = (at(a, q, q) - at(a, p, p)) / (2 * off);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  const [rowP, rowQ] = [a[p] as Float64Array, a[q] as Float64Array];
  const [vectorP, vectorQ] = [vectors[p] as Float64Array, vectors[q] as Float64Array];
  rowP[p] = at(a, p, p) - tangent * off;
  rowQ[q] = at(a, q, q) + tangent * off;
  rowP[q] = 0;
  rowQ[p] = 0;
  for (let k = 0; k < a.length; k++) {
    turn(vectorP, vectorQ, k, cosine, sine);
    if (k === p || k === q) continue;
    turn(rowP, rowQ, k, cosine, sine);
    const row = a[k] as Float64Array;
    row[p] = rowP[k] as number;
    row[q] = rowQ[k] as number;
  }
}

function turn(x: Float64Array, y: Float64Array, k: number, cosine: number, sine: number): void {
  const [u, v] = [x[k] as number, y[k] as number];
  x[k] = cosine * u - sine * v;
  y[k] = sine * u + cosine * v;
}
