import type { FragmentResult } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { clip, count, duration, oneLine } from "../words.ts";
import { isolationText } from "./result.ts";
import { facts, table } from "./table.ts";

const MOST_LINES = 60;
const LONGEST_TRACE = 40;

/** The fragment with what was executed, the values that its undefined names were given, and how it ended. */
export function fragmentText(result: FragmentResult, screen: Screen): string {
  const { bold, dim, green, yellow, red } = screen.colors;
  const { executed, notExecuted } = result.lines;
  const total = executed.length + notExecuted.length;
  const share = `${executed.length} of ${count(total, "line")}`;
  const headline =
    result.status === "complete"
      ? green(`Ran to its end: ${share} executed`)
      : yellow(`${result.status === "timeout" ? "Did not end in time" : "Ended with an exception"}: ${share} executed`);
  const marks = new Map([
    ...executed.map((line) => [line, green("+")] as const),
    ...notExecuted.map((line) => [line, red("-")] as const),
  ]);
  const last = String(result.to).length;
  const shown = result.text.split("\n").slice(0, MOST_LINES);
  const listing = shown.map((text, i) => {
    const line = result.from + i;
    return `  ${marks.get(line) ?? " "} ${dim(String(line).padStart(last))}  ${clip(text.replaceAll("\t", "  "), screen.columns - last - 6)}`;
  });
  if (result.to - result.from + 1 > shown.length)
    listing.push(dim(`  … ${count(result.to - result.from + 1 - shown.length, "more line")}`));
  const values = result.values.map(({ name, value, source: from }) => [name, from, oneLine(value)]);
  const pairs: [string, string][] = [
    ...(result.defined.length > 0 ? [["from the file", result.defined.join(", ")] as [string, string]] : []),
    ["trace", traceText(result.trace)],
    ["runs", String(result.runs)],
    ["time", duration(result.seconds)],
    ["isolation", isolationText(result.isolation, screen.colors)],
  ];
  return [
    bold(headline),
    listing.join("\n"),
    ...(values.length === 0
      ? []
      : [
          `${bold("Values given to undefined names")}\n${table([["name", "from", "value"], ...values], screen.columns - 2, (cell, _column, row) => (row === 0 ? dim(cell) : cell)).replaceAll(/^/gm, "  ")}`,
        ]),
    ...result.exceptions.map((error) => {
      const where = error.line === null ? "" : ` on line ${error.line}`;
      const verdict = error.finding
        ? red(`in ${error.recurred} of 5 runs with different values: most likely a fault of the fragment`)
        : dim(
            `depends on ${error.depends.length > 0 ? error.depends.join(", ") : "the values"}: in ${error.recurred} of 5 runs with different values`,
          );
      return `${bold(`${error.name}${where}`)}: ${oneLine(error.message)}\n  ${verdict}`;
    }),
    facts(pairs, dim),
  ].join("\n\n");
}

/** `1-3, 2-3, 7`: lines in the order in which they were executed. */
function traceText(trace: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const line of trace) {
    const open = parts.at(-1);
    if (open !== undefined && line === open[1] + 1) open[1] = line;
    else parts.push([line, line]);
  }
  const words = parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`));
  return words.length > LONGEST_TRACE ? `${words.slice(0, LONGEST_TRACE).join(", ")}, …` : words.join(", ");
}
