import { existsSync, readFileSync } from "node:fs";
import type { KillFigures } from "../claims/kill.ts";
import type { OrphanFigures } from "../claims/orphans.ts";
import type { SoakFigures } from "../claims/soak.ts";
import { attackSection } from "./attacks.ts";

const PAGE = new URL("../../docs/reliability.md", import.meta.url);
const END = "<!-- end of figures -->\n";
/** What stands between `<!-- figures: name, from docs/data/name.json -->` and the end mark. */
const SECTIONS: Readonly<Record<string, () => string>> = {
  kill: killFigures,
  orphans: orphanFigures,
  soak: soakFigures,
  attacks: attackSection,
};

/** docs/reliability.md with the figures of the long claims between their marks; everything else is written by hand. */
export function reliabilityDocument(): string {
  return Object.entries(SECTIONS).reduce(
    (page, [name, text]) => {
      const begin = `<!-- figures: ${name}, from docs/data/${name}.json -->\n`;
      const [head, rest] = page.split(begin);
      const at = rest?.indexOf(END) ?? -1;
      if (rest === undefined || at < 0)
        throw new Error(`docs/reliability.md has lost its marks '${begin.trim()}' and '${END.trim()}'`);
      return `${head}${begin}${text()}${rest.slice(at)}`;
    },
    readFileSync(PAGE, "utf8"),
  );
}

function dataOf<T>(name: string): T | null {
  const file = new URL(`../../docs/data/${name}.json`, import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : null;
}

function killFigures(): string {
  const figures = dataOf<KillFigures>("kill");
  if (figures === null) return "Not measured yet.\n";
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

function orphanFigures(): string {
  const figures = dataOf<OrphanFigures>("orphans");
  if (figures === null) return "Orphans: not measured yet.\n";
  const { kills, alive, orphans } = figures;
  return `Orphans, by \`npm run claims -- orphans\`: ${kills} engines killed with SIGKILL at random moments, ${alive} processes in their boxes then, ${orphans} of them alive 5 s later.\n`;
}

function soakFigures(): string {
  const figures = dataOf<SoakFigures>("soak");
  if (figures === null) return "Memory: not measured yet.\n";
  const marks = figures.marks.map(
    ({ candidates, heapMb, rssMb }) => `after ${candidates}: heap ${heapMb} MB, resident ${rssMb} MB`,
  );
  return `Memory of one engine that screens many candidates, by \`npm run claims -- soak\`: ${marks.join("; ")}. Wrong verdicts: ${figures.wrongVerdicts}.\n`;
}
