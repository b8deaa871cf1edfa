/**
 * Writes rows as CSV text, one line each, with a line end after the last.
 * @param {unknown[][]} rows
 * @param {{ delimiter?: string }} [dialect]
 */
export function stringifyRows(rows, { delimiter = "," } = {}) {
  return rows.map((row) => `${row.map((value) => quoteField(textOf(value), delimiter)).join(delimiter)}\n`).join("");
}

function quoteField(text, delimiter) {
  const special = [delimiter, '"', "\n", "\r"];
  const edges = text !== text.trim();
  if (!edges && !special.some((char) => text.includes(char))) return text;
  return `"${text.replaceAll('"', '""')}"`;
}

function textOf(value) {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value);
}
