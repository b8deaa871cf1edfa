import { LOG_CPU } from "@pawl/verify";
import type { SubmissionVerdict } from "@pawl/improve";
import { figure } from "../words.ts";
import type { Screen } from "../screen.ts";

/** What the judge said of a submitted change, for people. */
export function verdictText(verdict: SubmissionVerdict, { green, red, bold }: Screen["colors"]): string {
  const { kept, status, reason, failing, feedback, scores, run, candidate } = verdict;
  const lines = [
    `${bold(kept ? green("Kept") : red("Not kept"))} (${candidate.slice(0, 8)} of ${run}): ${status}, ${reason}`,
  ];
  // Of tests the names say it all.
  const told =
    "passed" in scores ? [] : Object.entries(scores).filter(([name]) => name !== LOG_CPU && !name.includes(":"));
  for (const [name, values] of told)
    lines.push(`  ${name}: ${figure(values.reduce((sum, value) => sum + value, 0) / values.length)}`);
  for (const test of failing.slice(0, 20)) lines.push(`  does not pass: ${test}`);
  if (failing.length > 20) lines.push(`  … and ${failing.length - 20} more`);
  for (const { name, message } of feedback.slice(0, 5))
    lines.push(`  ${name === undefined ? "" : `${name}: `}${message.split("\n").slice(0, 5).join("\n    ")}`);
  return lines.join("\n");
}
