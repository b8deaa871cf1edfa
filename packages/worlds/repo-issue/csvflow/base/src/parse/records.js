import { guessDelimiter } from "./dialect.js";
import { normalizeHeader } from "./header.js";
import { scan } from "./scanner.js";

/** Rows of texts. */
export function parseCsv(text, options = {}) {
  const delimiter = options.delimiter ?? guessDelimiter(text);
  return scan(text, { ...options, delimiter })
    .filter((row) => !isEmpty(row))
    .map((row) => row.map((cell) => (options.trim && !cell.quoted ? cell.text.trim() : cell.text)));
}

/** Objects by the names in the first row. What a row lacks is null, what it has too much is an error. */
export function parseRecords(text, options = {}) {
  const [head, ...rows] = parseCsv(text, options);
  if (head === undefined) return [];
  const names = normalizeHeader(head);
  return rows.map((row, index) => {
    if (row.length > names.length) {
      throw new SyntaxError(`row ${index + 2} has ${row.length} cells, the header has ${names.length}`);
    }
    return Object.fromEntries(names.map((name, column) => [name, row[column] ?? null]));
  });
}

function isEmpty(row) {
  return row.length === 1 && row[0].text === "" && !row[0].quoted;
}
