/**
 * Splits CSV text into rows of fields. Fields in quotes may hold delimiters, line ends and doubled quotes; lines end with
 * \n, \r\n or \r, and the last one may do without.
 * @param {string} text
 * @param {{ delimiter?: string, quote?: string }} [dialect]
 * @returns {string[][]}
 */
export function parseRows(text, { delimiter = ",", quote = '"' } = {}) {
  const rows = [];
  let row = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char !== quote) {
        field += char;
      } else if (text[i + 1] === quote) {
        field += quote;
        i += 1;
      } else {
        quoted = false;
      }
    } else if (char === quote && field === "") {
      quoted = true;
    } else if (char === delimiter) {
      row.push(field);
      field = "";
    } else if (char === "\n" || char === "\r") {
      if (char === "\r" && text[i + 1] === "\n") i += 1;
      rows.push([...row, field]);
      row = [];
      field = "";
    } else {
      field += char;
    }
  }
  if (quoted) throw new SyntaxError(`line ${rows.length + 1}: the quote is not closed`);
  if (field !== "" && row.length > 0) rows.push([...row, field]);
  return rows;
}
