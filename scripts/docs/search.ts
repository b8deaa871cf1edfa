import { readFileSync } from "node:fs";
import { curveChart, type ArmReport, type CompareReport, type Estimate } from "../../packages/lab/src/compare/index.ts";
import { searchIds } from "../../packages/search/src/index.ts";

const DATA = new URL("../../docs/data/compare.json", import.meta.url);
const DEFAULT = "hill-climb";

function recorded(): CompareReport {
  return JSON.parse(readFileSync(DATA, "utf8")) as CompareReport;
}

/** The picture beside docs/lab/search.md. */
export function searchPicture(): string {
  return curveChart(recorded()) ?? "";
}

/** docs/lab/search.md, from docs/data/compare.json. */
export function searchDocument(): string {
  const report = recorded();
  const { arms, budget, tasks, pairs } = report;
  const ranked = arms.toSorted((a, b) => b.reached.mean - a.reached.mean || b.area.mean - a.area.mean);
  const titles = new Map(searchIds().map(({ id, title }) => [id, title]));
  const absent = [...titles.keys()].filter((id) => !arms.some(({ search }) => search === id));
  return [
    "# Searches, side by side",
    "",
    "Written by `npm run docs` from docs/data/compare.json, which `node scripts/docs/record-compare.ts` measures: every registered search, as",
    `\`pawl compare --search all --on ${report.world} --budget ${budget}\` does.`,
    "",
    `${tasks} programs with two or three faults, none of which a single edit hides (the \`test\` half of the world); ${pairs.measured} pairs of a task and a seed` +
      `${pairs.measured < pairs.wanted ? `, of ${pairs.wanted} asked for` : ""}; ${budget} evaluations for each, by the syntax proposer. Solved means: the first patch that passes`,
    "the 2 to 4 visible cases also passes the 10 to 20 hidden ones. Intervals hold 95 %, by drawing the programs anew (Wilson's where all of them agree); differences are paired.",
    `\`${DEFAULT}, again\` is the default once more with other random numbers: what lies between the two is chance.`,
    "",
    "![Share of the programs solved against evaluations](search.svg)",
    "",
    `| search | solved | against ${DEFAULT}, points | mean over the budget | against ${DEFAULT}, points | had an answer |`,
    "|---|---|---|---|---|---|",
    ...ranked.map(rowOf),
    "",
    "## What follows for `pawl fix`",
    "",
    conclusion(arms),
    "",
    ...(absent.length === 0 ? [] : [`Registered since, and not measured yet: ${absent.join(", ")}.`, ""]),
    "## The searches",
    "",
    "| id | |",
    "|---|---|",
    ...[...titles].map(([id, title]) => `| \`${id}\` | ${title} |`),
    "",
    "How to compare your own: [compare searches](../guides/compare-searches.md). How to write one: [write a search](../guides/write-a-search.md).",
    "",
  ].join("\n");
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const points = (value: number): string => `${value > 0 ? "+" : ""}${(100 * value).toFixed(1)}`;

function within({ mean, interval }: Estimate, words: (value: number) => string): string {
  return interval === null ? words(mean) : `${words(mean)} [${words(interval[0])}, ${words(interval[1])}]`;
}

function rowOf({ arm, reached, area, against, answered }: ArmReport): string {
  const cells = [
    arm,
    within(reached, percent),
    against === null ? "" : within(against.reached, points),
    percent(area.mean),
    against === null ? "" : within(against.area, points),
    answered === null ? "" : percent(answered),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Only what a paired interval without zero says is said. */
function conclusion(arms: readonly ArmReport[]): string {
  const others = arms.filter(({ against, again }) => against !== null && !again);
  const better = others.filter(({ against }) => (against?.reached.interval?.[0] ?? 0) > 0);
  const sooner = others.filter(({ against }) => (against?.area.interval?.[0] ?? 0) > 0);
  const worse = others.filter(({ against }) => (against?.reached.interval?.[1] ?? 0) < 0);
  const widths = others.map(({ against }) => (against?.reached.interval ?? [0, 0]) as readonly [number, number]);
  const width = widths.reduce((sum, [low, high]) => sum + (high - low) / 2, 0) / Math.max(1, widths.length);
  const names = (list: readonly ArmReport[]): string => list.map(({ arm }) => `\`${arm}\``).join(", ");
  const best = better.toSorted((a, b) => b.reached.mean - a.reached.mean)[0];
  return [
    best === undefined
      ? `Nothing is told apart from \`${DEFAULT}\` as better at the end of the budget, so it stays the default.`
      : `Better than \`${DEFAULT}\` at the end of the budget, beyond chance: ${names(better)}. The default should be \`${best.arm}\`.`,
    ...(sooner.length === 0 ? [] : [`Ahead of it over the whole budget: ${names(sooner)}.`]),
    ...(worse.length === 0 ? [] : [`Worse beyond chance: ${names(worse)}.`]),
    ...(width === 0
      ? []
      : [
          `Intervals of differences reach ${(100 * width).toFixed(1)} points to each side on average: what is smaller cannot be seen here.`,
        ]),
    ...(others.length > 5
      ? [`With ${others.length} searches compared at 95 % each, about one in twenty of such words is an accident.`]
      : []),
  ].join(" ");
}
