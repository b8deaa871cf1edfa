import { fit } from './fit.js';

function widths(rows, maximum) {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const out = [];
  for (let c = 0; c < columns; c += 1) {
    const longest = Math.max(...rows.map((row) => String(row[c] ?? '').length));
    out.push(Math.min(longest, maximum));
  }
  return out;
}

/** Lines of a table with " | " between the columns; numbers go to the right. */
export function table(rows, maximum = 20) {
  if (maximum < 1) throw new RangeError('columns need at least one character');
  const size = widths(rows, maximum);
  return rows.map((row) => size
    .map((width, c) => fit(width, row[c] ?? ''))
    .join(' | ')
    .trimEnd());
}

export function tableWithHeader(header, rows, maximum = 20) {
  const lines = table([header, ...rows], maximum);
  const longest = Math.max(...lines.map((line) => line.length));
  return [lines[0], '-'.repeat(longest), ...lines.slice(1)];
}
