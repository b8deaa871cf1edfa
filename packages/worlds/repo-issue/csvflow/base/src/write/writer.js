import { formatValue } from "./format.js";

/** Records as CSV with a header; the columns are those of all records, in order of appearance. */
export function writeCsv(records, { delimiter = ",", columns, lineEnd = "\n" } = {}) {
  const names = columns ?? [...new Set(records.flatMap((record) => Object.keys(record)))];
  const rows = [names, ...records.map((record) => names.map((name) => formatValue(record[name])))];
  return rows.map((row) => row.map((cell) => quoteCell(cell, delimiter)).join(delimiter) + lineEnd).join("");
}

export function quoteCell(text, delimiter) {
  const risky = text.includes(delimiter) || /["\r\n]/.test(text) || text !== text.trim();
  return risky ? `"${text.replaceAll('"', '""')}"` : text;
}
