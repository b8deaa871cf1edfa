import { guessDelimiter } from "./dialect.js";
import { parseRows } from "./parse.js";
import { stringifyRows } from "./stringify.js";
import { valueOf } from "./values.js";

/**
 * Reads a table whose first row names the columns. Blank lines are left out; a name that comes twice gets a number.
 * @param {string} text
 * @param {{ delimiter?: string }} [dialect]
 * @returns {{ columns: string[], records: Record<string, unknown>[] }}
 */
export function readTable(text, dialect = {}) {
  const delimiter = dialect.delimiter ?? guessDelimiter(text);
  const rows = parseRows(text, { delimiter }).filter((row) => row.length > 1 || row[0] !== "");
  const [header, ...body] = rows;
  if (header === undefined) return { columns: [], records: [] };
  const columns = distinct(header.map((name) => name.trim()));
  const records = body.map((row, index) => {
    if (row.length > columns.length)
      throw new RangeError(`record ${index + 1} has ${row.length} fields, the header has ${columns.length}`);
    return Object.fromEntries(columns.map((column, i) => [column, valueOf(row[i] ?? "")]));
  });
  return { columns, records };
}

/**
 * @param {{ columns: string[], records: Record<string, unknown>[] }} table
 * @param {{ delimiter?: string }} [dialect]
 */
export function writeTable({ columns, records }, dialect) {
  return stringifyRows([columns, ...records.map((record) => columns.map((column) => record[column]))], dialect);
}

function distinct(names) {
  const seen = new Map();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}_${times}`;
  });
}
