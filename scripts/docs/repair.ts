import { existsSync, readFileSync } from "node:fs";
import { FAULT_CLASSES } from "@pawl/core";
import { MARGINS, type RepairLine } from "../claims/repair.ts";

const DATA = new URL("../../docs/data/repair.json", import.meta.url);

/** docs/repair.md, from the results of `npm run claims -- repair`. */
export function repairDocument(): string {
  const head =
    "# Repair without a model\n\nWritten by `npm run docs` from docs/data/repair.json, which `npm run claims -- repair` writes.\n";
  if (!existsSync(DATA)) return `${head}\nNot measured yet.\n`;
  const all = JSON.parse(readFileSync(DATA, "utf8")) as readonly RepairLine[];
  const learned = all.filter((line) => line.prior === "learned");
  const uniform = all.filter((line) => line.prior === "uniform");
  const single = learned.filter((line) => line.classes.length === 1);
  const compound = learned.filter((line) => line.classes.length > 1);
  const patches = learned.reduce((sum, line) => sum + line.kept, 0);
  const wrong = learned.reduce((sum, line) => sum + line.kept - line.keptHidden, 0);
  return [
    head,
    `The \`test\` half of the code-repair corpus (${learned.length} tasks measured), 2,000 evaluations or 60 s per task, seed 1. The search sees the 2 to 4 visible cases only; a task`,
    "counts as repaired when the one patch that is chosen passes the 10 to 20 hidden cases. How it is chosen: [decision 008](decisions/008-what-a-repair-is-chosen-by.md).",
    "",
    "| tasks | repaired | share | margin set before | outcome |",
    "|---|---|---|---|---|",
    row("single fault", single, MARGINS.single),
    row("compound (two or three faults)", compound, MARGINS.compound),
    "",
    `Over-fitting: ${wrong} of ${patches} patches that pass the visible cases fail hidden ones (${percent(wrong, patches)}); of the chosen patches, ${learned.filter((line) => line.visible && !line.hidden).length} of ${learned.filter((line) => line.visible).length}.`,
    "",
    evaluationsLine(learned, uniform),
    "",
    "## By fault class",
    "",
    "A compound task counts in each of its classes.",
    "",
    "| fault class | tasks | repaired | over-fitted | not repaired |",
    "|---|---|---|---|---|",
    ...FAULT_CLASSES.flatMap((name) => {
      const tasks = learned.filter((line) => line.classes.includes(name));
      if (tasks.length === 0) return [];
      const repaired = tasks.filter((line) => line.hidden).length;
      const visible = tasks.filter((line) => line.visible).length;
      return [`| ${name} | ${tasks.length} | ${repaired} | ${visible - repaired} | ${tasks.length - visible} |`];
    }),
    "",
  ].join("\n");
}

function row(name: string, lines: readonly RepairLine[], margin: number): string {
  const repaired = lines.filter((line) => line.hidden).length;
  const reached = lines.length > 0 && repaired / lines.length >= margin;
  return `| ${name} | ${repaired} of ${lines.length} | ${percent(repaired, lines.length, 1)} | ${percent(margin, 1)} | ${reached ? "reproduced" : "not reproduced"} |`;
}

/** Evaluations to the first hidden-correct patch, over the tasks where both priors find one. */
function evaluationsLine(learned: readonly RepairLine[], uniform: readonly RepairLine[]): string {
  const both = learned.flatMap((line) => {
    const other = uniform.find((each) => each.id === line.id);
    return other === undefined ? [] : [{ learned: line.firstHidden, uniform: other.firstHidden }];
  });
  const pairs = both.flatMap((pair) =>
    pair.learned === null || pair.uniform === null ? [] : [[pair.learned, pair.uniform] as const],
  );
  if (pairs.length === 0) return "Learned prior against uniform prior: not measured yet.";
  const sum = (which: 0 | 1): number => pairs.reduce((total, pair) => total + pair[which], 0);
  const ratio = Math.exp(pairs.reduce((total, pair) => total + Math.log(pair[0] / pair[1]), 0) / pairs.length);
  const fewer = 1 - sum(0) / sum(1);
  const only = (a: "learned" | "uniform", b: "learned" | "uniform"): number =>
    both.filter((pair) => pair[a] !== null && pair[b] === null).length;
  return [
    `Learned prior against uniform prior, measured on ${both.length} tasks: evaluations to the first hidden-correct patch, summed over the ${pairs.length} where`,
    `both find one, ${sum(0)} against ${sum(1)}, ${percent(fewer, 1)} fewer (margin ${percent(MARGINS.fewerEvaluations, 1)}: ${fewer >= MARGINS.fewerEvaluations ? "reproduced" : "not reproduced"}); geometric mean of the ratios ${ratio.toFixed(2)}.`,
    `Only the learned prior finds one for ${only("learned", "uniform")} tasks, only the uniform prior for ${only("uniform", "learned")}.`,
  ].join("\n");
}

function percent(part: number, whole: number, digits = 0): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(digits)} %`;
}
