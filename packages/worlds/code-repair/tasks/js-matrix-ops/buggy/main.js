function shape(matrix) {
  const rows = matrix.length;
  const columns = rows === 0 ? 0 : matrix[0].length;
  if (matrix.some((row) => row.length !== columns)) throw new TypeError('rows differ in length');
  return [rows, columns];
}

export function identity(size) {
  return Array.from({ length: size }, (_, r) => Array.from({ length: size }, (__, c) => (r === c ? 1 : 0)));
}

export function multiply(a, b) {
  const [rows, inner] = shape(a);
  const [innerToo, columns] = shape(b);
  if (inner !== innerToo) throw new RangeError(`cannot multiply ${rows}x${inner} by ${innerToo}x${columns}`);
  const product = [];
  for (let r = 0; r < rows; r += 1) {
    product.push([]);
    for (let c = 0; c < columns; c += 1) {
      let sum = 0;
      for (const k of a[r]) sum += a[r][k] * b[k][c];
      product[r].push(sum);
    }
  }
  return product;
}

/** A square matrix to a whole power of at least zero. */
export function power(matrix, exponent) {
  const [rows, columns] = shape(matrix);
  if (rows !== columns || !Number.isInteger(exponent) || exponent < 0) {
    throw new RangeError('needs a square matrix and a whole exponent');
  }
  let result = identity(rows);
  for (let i = 0; i < exponent; i += 1) result = multiply(result, result);
  return result;
}

/** The number of ways to walk from one node to another in exactly `steps` steps. */
export function countWalks(adjacency, from, to, steps) {
  return power(adjacency, steps)[from][to];
}
