/**
 * Splits CSV into rows of cells. Cells in quotes may hold delimiters, line ends
 * and doubled quotes. Each cell is { text, quoted }.
 */
export function scan(text, { delimiter = ",", quote = '"' } = {}) {
  const rows = [];
  let row = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const [cell, next] = text[at] === quote ? scanQuoted(text, at, quote) : scanPlain(text, at, delimiter);
    row.push(cell);
    at = next;
    if (text[at] === delimiter) {
      at += 1;
      if (at === text.length) row.push({ text: "", quoted: false });
      continue;
    }
    rows.push(row);
    row = [];
    at += lineEndAt(text, at);
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function scanPlain(text, start, delimiter) {
  let at = start;
  while (at < text.length && text[at] !== delimiter && lineEndAt(text, at) === 0) at += 1;
  return [{ text: text.slice(start, at), quoted: false }, at];
}

function scanQuoted(text, start, quote) {
  let value = "";
  let at = start + 1;
  for (;;) {
    const end = text.indexOf(quote, at);
    if (end === -1) throw new SyntaxError(`quote at ${start} is not closed`);
    value += text.slice(at, end);
    if (text[end + 1] !== quote) return [{ text: value, quoted: true }, end + 1];
    value += quote;
    at = end + 2;
  }
}

function lineEndAt(text, at) {
  if (text[at] === "\r" && text[at + 1] === "\n") return 2;
  return text[at] === "\n" || text[at] === "\r" ? 1 : 0;
}
