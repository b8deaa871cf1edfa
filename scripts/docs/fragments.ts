import { existsSync, readFileSync } from "node:fs";
import { ARMS, isReached, MARGINS, percent, shareOf, type FragmentLine } from "../claims/fragments.ts";

const DATA = new URL("../../docs/data/fragments.json", import.meta.url);

/** docs/fragments.md, from the results of `npm run claims -- fragments`. */
export function fragmentsDocument(): string {
  const head =
    "# Fragments run without a model\n\nWritten by `npm run docs` from docs/data/fragments.json, which `npm run claims -- fragments` writes.\n";
  if (!existsSync(DATA)) return `${head}\nNot measured yet.\n`;
  const results = JSON.parse(readFileSync(DATA, "utf8")) as readonly FragmentLine[];
  const languages = ["javascript", "python"] as const;
  return [
    head,
    `Bodies of ${results.length} functions of the \`test\` half of the code-repair corpus, as repaired, each run alone: its parameters, imports and helpers are gone.`,
    "`executed` is the share of its lines that are executed. `as in the real call` is the share of lines that are executed, or left out, as in a call",
    "of the complete module; running a line that the real call leaves out counts against an arm. Means over the fragments.",
    "",
    "| arm | executed | as in the real call | runs per fragment |",
    "|---|---|---|---|",
    ...ARMS.map((arm) => {
      const { executed, agreement } = shareOf(results, arm);
      const runs = results.reduce((sum, line) => sum + (line.arms[arm]?.runs ?? 0), 0) / Math.max(1, results.length);
      return `| ${arm} | ${percent(executed)} | ${percent(agreement)} | ${runs.toFixed(1)} |`;
    }),
    "",
    `Claim, set before: the rules with retries execute ${percent(MARGINS.executedOverAsIs)} more of the lines than the fragments as they are, ${percent(MARGINS.executedOverRandom)} more than`,
    `random values, and agree with the real call on ${percent(MARGINS.agreementOverRandom)} more lines than random values: ${isReached(results) ? "reached" : "not reached"}.`,
    "",
    "| language | fragments | executed as they are | executed by the rules with retries |",
    "|---|---|---|---|",
    ...languages.map((language) => {
      const own = results.filter((line) => line.language === language);
      return `| ${language === "javascript" ? "JavaScript, TypeScript" : "Python"} | ${own.length} | ${percent(shareOf(own, ARMS[0]).executed)} | ${percent(shareOf(own, ARMS[3]).executed)} |`;
    }),
    "",
  ].join("\n");
}
