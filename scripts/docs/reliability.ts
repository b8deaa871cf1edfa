import { existsSync, readFileSync } from "node:fs";
import type { KillFigures } from "../claims/kill.ts";

const PAGE = new URL("../../docs/reliability.md", import.meta.url);
const DATA = new URL("../../docs/data/kill.json", import.meta.url);
const BEGIN = "<!-- figures: kill, from docs/data/kill.json -->\n";
const END = "<!-- end of figures -->\n";

/** docs/reliability.md with the figures of `npm run claims -- kill` between the two marks; everything else is written by hand. */
export function reliabilityDocument(): string {
  const page = readFileSync(PAGE, "utf8");
  const [head, rest] = page.split(BEGIN);
  const tail = rest?.split(END)[1];
  if (tail === undefined)
    throw new Error(`docs/reliability.md has lost its marks '${BEGIN.trim()}' and '${END.trim()}'`);
  return `${head}${BEGIN}${killFigures()}${END}${tail}`;
}

function killFigures(): string {
  if (!existsSync(DATA)) return "Not measured yet.\n";
  const figures = JSON.parse(readFileSync(DATA, "utf8")) as KillFigures;
  const { kills, runs, moments, lost, refused, problems, differing, survivors } = figures;
  const rows: readonly (readonly [string, number])[] = [
    ["recorded events or kept patches that changed or were gone after a kill", lost],
    ["times `pawl resume` refused to go on", refused],
    ["problems `pawl doctor --run` found, after any kill or at the end", problems],
    ["finished runs whose replay was not identical", differing],
    ["processes of a killed run that lived on", survivors],
  ];
  const spread = Object.entries(moments)
    .sort((a, b) => b[1] - a[1])
    .map(([type, times]) => `${type} ${times}`);
  return [
    `Measured by \`npm run claims -- kill\`: ${kills} kills over ${runs} runs of the examples, at moments spread evenly over the time a run takes.`,
    "",
    "| after the kills | count |",
    "|---|---|",
    ...rows.map(([name, count]) => `| ${name} | ${count} |`),
    "",
    `Last event on record when the kill came: ${spread.join(", ")}.`,
    "",
  ].join("\n");
}
