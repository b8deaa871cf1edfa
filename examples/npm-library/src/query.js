/**
 * The records a test lets through.
 * @template {Record<string, unknown>} R
 * @param {R[]} records
 * @param {(record: R) => boolean} test
 */
export function where(records, test) {
  return records.filter((record) => test(record));
}

/**
 * The records with some of their columns, in the order asked for.
 * @param {Record<string, unknown>[]} records
 * @param {string[]} columns
 */
export function select(records, columns) {
  return records.map((record) => Object.fromEntries(columns.map((column) => [column, record[column] ?? null])));
}

/**
 * A sorted copy. Empty values come last in both directions; equal ones keep their order.
 * @param {Record<string, unknown>[]} records
 * @param {string} column
 * @param {"up" | "down"} [direction]
 */
export function sortBy(records, column, direction = "up") {
  const sign = direction === "up" ? 1 : -1;
  return [...records].sort((a, b) => {
    const [left, right] = [a[column] ?? null, b[column] ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (left < right) return -sign;
    return left > right ? sign : 0;
  });
}

/**
 * One record per value of a column: the value and what `summary` makes of its records, in order of first appearance.
 * @param {Record<string, unknown>[]} records
 * @param {string} column
 * @param {(group: Record<string, unknown>[]) => Record<string, unknown>} summary
 */
export function groupBy(records, column, summary) {
  const groups = new Map();
  for (const record of records) {
    const key = record[column] ?? null;
    if (groups.has(key)) groups.get(key).push(record);
    else groups.set(key, [record]);
  }
  return [...groups].map(([key, group]) => Object.assign({ [column]: key }, summary(group)));
}
