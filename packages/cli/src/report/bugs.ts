import type { BugReport } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { count } from "../words.ts";
import { facts, table } from "./table.ts";

/** Which kinds of mistakes a run made, and what repaired them, for people. */
export function bugsText({ run, judged, failed, base, bugs, sizes }: BugReport, screen: Screen): string {
  const { bold, dim } = screen.colors;
  const started = base === null ? "" : `; it started from a bug of the kind ${base}`;
  const head = `${bold(run)}  ${count(judged, "candidate")} judged, ${failed} failed${started}`;
  if (bugs.length === 0) return head;
  const rows = bugs.map(({ id, name, madeBy, repairedBy }) => [id, name, listed(madeBy), listed(repairedBy)]);
  const parts = [
    head,
    table([["kind", "what it is", "made by", "repaired by"], ...rows], screen.columns, (cell, _, row) =>
      row === 0 ? dim(cell) : cell,
    ),
  ];
  const lines = Object.entries(sizes).map(([status, { nodes, complexity, calls }]): [string, string] => [
    status,
    `${signed(nodes)} syntax nodes, ${signed(complexity)} decisions, ${signed(calls)} calls`,
  ]);
  if (lines.length > 0) parts.push(`${bold("Against the base, on average")}\n${facts(lines, dim)}`);
  return parts.join("\n\n");
}

function listed(counts: Readonly<Record<string, number>>): string {
  const all = Object.entries(counts).toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return all.length === 0 ? "–" : all.map(([name, times]) => `${name} ${times}`).join(", ");
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}
