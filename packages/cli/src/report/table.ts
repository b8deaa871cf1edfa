import { stripVTControlCharacters } from "node:util";
import { clip, width } from "../words.ts";

/** Columns as wide as their widest cell; the last one takes what is left of the line and is cut off there. */
export function table(
  rows: readonly (readonly string[])[],
  columns: number,
  paint: (cell: string, column: number, row: number) => string = (cell) => cell,
): string {
  const last = Math.max(...rows.map((row) => row.length)) - 1;
  const widths = Array.from({ length: last }, (_, column) =>
    Math.max(...rows.map((row) => width(stripVTControlCharacters(row[column] ?? "")))),
  );
  const used = widths.reduce((sum, each) => sum + each + 2, 0);
  return rows
    .map((row, i) =>
      row
        .map((cell, column) => {
          if (column === last) return paint(clip(cell, Math.max(10, columns - used)), column, i);
          const wanted = widths[column] as number;
          return paint(cell, column, i) + " ".repeat(Math.max(0, wanted - width(cell)));
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** `name   value` lines, indented. */
export function facts(pairs: readonly (readonly [string, string])[], dim: (text: string) => string): string {
  const widest = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `  ${dim(name.padEnd(widest))}  ${value}`).join("\n");
}
