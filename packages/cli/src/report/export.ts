import type { ExportReport } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { count } from "../words.ts";
import { facts } from "./table.ts";

/** What was written, what was left out and why, and what could be done about it. */
export function exportText(report: ExportReport, screen: Screen): string {
  const { bold, cyan, dim } = screen.colors;
  const splits = Object.entries(report.splits).filter(([, { rows }]) => rows > 0);
  const parts = [
    `${bold(`${count(report.rows, "row")} of ${count(report.tasks, "task")}`)} from ${count(report.runs.length, "run")}, in ${report.out}`,
    facts(
      splits.map(([name, { rows }]): [string, string] => [`${name}.jsonl`, String(rows)]),
      dim,
    ),
    facts(
      Object.entries(report.balance).map(([name, n]) => [name, String(n)] as [string, string]),
      dim,
    ),
  ];
  const left = Object.entries(report.leftOut).map(([name, n]): [string, string] => [name, String(n)]);
  if (left.length > 0) parts.push(`Not taken:\n${facts(left, dim)}`);
  const hint = hintOf(report);
  if (hint !== null) parts.push(`Next:\n${facts([hint], cyan)}`);
  return parts.filter((part) => part !== "").join("\n\n");
}

function hintOf({ leftOut, rows }: ExportReport): [string, string] | null {
  if (rows > 0) return null;
  if (Object.keys(leftOut).some((reason) => reason.startsWith("runs under licence")))
    return ["--licence <ids>", "to take code under that licence, if you may"];
  if ((leftOut["failures that were only screened"] ?? 0) > 0)
    return ["--screened", "to take failures that the quick check found, too; the rows say so"];
  return null;
}
