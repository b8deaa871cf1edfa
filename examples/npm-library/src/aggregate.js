/** The numbers in a column; everything else is passed over. */
function numbers(records, column) {
  return records.map((record) => record[column]).filter((value) => typeof value === "number");
}

/** How many records have a value in the column. */
export function count(records, column) {
  return records.filter((record) => record[column] !== null && record[column] !== undefined).length;
}

export function sum(records, column) {
  return numbers(records, column).reduce((total, value) => total + value, 0);
}

/** Null when there is no number. */
export function mean(records, column) {
  const values = numbers(records, column);
  return values.length === 0 ? null : sum(records, column) / values.length;
}

/** The middle number, or the mean of the two in the middle. Null when there is no number. */
export function median(records, column) {
  const values = numbers(records, column).sort((a, b) => a - b);
  if (values.length === 0) return null;
  const middle = Math.floor(values.length / 2);
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}
