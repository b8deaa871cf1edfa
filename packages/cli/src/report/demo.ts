import type { DemoReport } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { duration } from "../words.ts";
import { resultText } from "./result.ts";

/** What the demo did, step by step, and where to look next. */
export function demoText(report: DemoReport, screen: Screen): string {
  const { bold, dim, yellow, cyan } = screen.colors;
  const steps = report.steps.map(({ title, command, folder, result }, i) =>
    [
      bold(`${i + 1}. ${title}`),
      dim(`   $ cd ${folder}\n   $ ${command}`),
      "",
      resultText({ result, applied: null, next: (line) => `pawl ${line}` }, screen),
    ].join("\n"),
  );
  const skipped = report.skipped.map(({ title, reason }) => yellow(`Left out: ${title} (${reason})`));
  const end = [
    bold(`The demo took ${duration(report.seconds)}.`),
    "Now in a project of your own:",
    `  ${cyan("pawl fix")}                                        a failing test`,
    `  ${cyan('pawl evolve solver.js --score "node score.js"')}   a score to raise`,
    `  ${cyan("pawl speed src/text.js#slugify")}                  a function to make faster`,
    `  ${cyan("pawl doctor")}                                     what this machine can do`,
  ].join("\n");
  return [...steps, ...skipped, end].join("\n\n");
}
