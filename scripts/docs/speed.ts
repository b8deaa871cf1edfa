import { existsSync, readFileSync } from "node:fs";
import { SPEED_OPERATORS } from "../../packages/propose/src/index.ts";
import { MARGINS, summaryOf, type SpeedLine } from "../claims/speed.ts";

const RESULTS = new URL("../../docs/data/speed.json", import.meta.url);

/** docs/speed.md: what `pawl speed` reached on the code-speed world, and the rewrites it knows. */
export function speedDocument(): string {
  const lines = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, "utf8")) as SpeedLine[]) : [];
  return [
    "# Faster functions, measured",
    "",
    "Written by `npm run docs` from docs/data/speed.json (`npm run claims -- speed`) and from the table of operators. What the command does is told in",
    "[guides/speed.md](guides/speed.md).",
    "",
    "## The world code-speed",
    "",
    "Slow functions written for this purpose, about half in JavaScript or TypeScript and half in Python, each with three distributions of inputs:",
    "nearly all values differ, a few come often, they come in order. The operators were written first, and the functions by the same hand; after that only",
    "the `train` half was looked at.",
    "",
    ...(lines.length === 0
      ? ["Not measured yet: `npm run claims -- speed`."]
      : [...figures(lines), "", ...tableOf(lines)]),
    "",
    "## The rewrites",
    "",
    "None of them has to be right everywhere: whether a rewrite behaves the same is tested before it is timed.",
    "",
    "| operator | what it writes | JavaScript, TypeScript | Python |",
    "|---|---|---|---|",
    ...operatorRows(),
    "",
  ].join("\n");
}

function figures(lines: readonly SpeedLine[]): string[] {
  const row = (name: string, chosen: readonly SpeedLine[]): string => {
    const { confirmed, share, mean, changes, randomConfirmed, randomMean, falseAccepts } = summaryOf(chosen);
    return `| ${name} | ${confirmed} of ${chosen.length} (${Math.round(100 * share)} %) | ${mean.toFixed(2)} | ${changes} | ${randomConfirmed}, ${randomMean.toFixed(2)} | ${falseAccepts} |`;
  };
  return [
    `The claim: at least ${100 * MARGINS.share} % confirmed, geometric mean at least ${MARGINS.geometricMean} over all (1 for those without), no change of behaviour on 10,000 fresh calls for each accepted function.`,
    "",
    "| functions | confirmed faster | geometric mean | changes of behaviour | random edits, same budget: confirmed, mean | faster than itself |",
    "|---|---|---|---|---|---|",
    row("all", lines),
    row(
      "test half",
      lines.filter((line) => line.split === "test"),
    ),
    row(
      "train half",
      lines.filter((line) => line.split === "train"),
    ),
  ];
}

function tableOf(lines: readonly SpeedLine[]): string[] {
  const exponent = (growth: SpeedLine["growth"]["before"]): string =>
    growth === null ? "?" : growth.exponent.toFixed(1);
  return [
    "| function | half | ratio | 95 % interval | growth exponent | evaluations |",
    "|---|---|---|---|---|---|",
    ...lines.map((line) => {
      const interval = line.interval === null ? "" : `${line.interval[0].toFixed(2)} to ${line.interval[1].toFixed(2)}`;
      const growth = line.interval === null ? "" : `${exponent(line.growth.before)} → ${exponent(line.growth.after)}`;
      return `| ${line.id} | ${line.split} | ${line.status === "faster" ? line.ratio.toFixed(2) : "none"} | ${interval} | ${growth} | ${line.screened} |`;
    }),
  ];
}

function operatorRows(): string[] {
  const { javascript, python } = SPEED_OPERATORS;
  const all = new Map([...python, ...javascript].map(({ id, description }) => [id, description]));
  const has = (list: readonly { readonly id: string }[], id: string): string =>
    list.some((each) => each.id === id) ? "yes" : "";
  return [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, description]) => `| \`${id}\` | ${description} | ${has(javascript, id)} | ${has(python, id)} |`);
}
