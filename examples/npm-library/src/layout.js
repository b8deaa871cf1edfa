/**
 * A table as lines of plain text: columns padded to their widest cell, numbers to the right, a rule under the names.
 * @param {{ columns: string[], records: Record<string, unknown>[] }} table
 * @param {{ gap?: number, maxWidth?: number }} [options]
 */
export function layout({ columns, records }, { gap = 2, maxWidth = 40 } = {}) {
  const cells = records.map((record) => columns.map((column) => clip(cellText(record[column]), maxWidth)));
  const widths = columns.map((column, i) => Math.max(column.length, ...cells.map((row) => row[i].length)));
  const toRight = columns.map((column) => records.some((record) => typeof record[column] === "number"));
  const line = (row) =>
    row
      .map((text, i) => (toRight[i] ? text.padStart(widths[i]) : text.padEnd(widths[i])))
      .join(" ".repeat(gap))
      .trimEnd();
  return [line(columns), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
}

function cellText(value) {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value).replaceAll(/\s+/g, " ");
}

function clip(text, width) {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
