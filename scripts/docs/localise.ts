import { existsSync, readFileSync } from "node:fs";
import { wilsonInterval } from "@pawl/core";
import { LOCALISERS } from "@pawl/propose";
import {
  MARGINS,
  RESOLVE_EVALUATIONS,
  TEXTS,
  type IssueText,
  type LocaliseLine,
  type LocaliseResults,
  type ResolveLine,
} from "../claims/localise.ts";

const DATA = new URL("../../docs/data/localise.json", import.meta.url);
const TOPS = [1, 3, 5] as const;
const RESOLVED = ["none", ...TEXTS] as const;

/** docs/localise.md, from the results of `npm run claims -- localise`. */
export function localiseDocument(): string {
  const head =
    "# Where is the fault?\n\nWritten by `npm run docs` from docs/data/localise.json, which `npm run claims -- localise` writes.\n";
  if (!existsSync(DATA)) return `${head}\nNot measured yet.\n`;
  const { issues, lines, resolve } = JSON.parse(readFileSync(DATA, "utf8")) as LocaliseResults;
  const sizes = issues.map(({ files }) => files);
  const located = new Set(lines.map(({ id }) => id)).size;
  return [
    head,
    `The issues of the world repo-issue that a visible test shows: ${issues.length}, of which ${located} are measured here; repositories of ${Math.min(...sizes)} to ${Math.max(...sizes)} files in JavaScript,`,
    "TypeScript and Python. Each has two texts: a helpful one, as a good reporter writes it, and a misleading one, whose names belong to code without a fault.",
    "No model is asked. A place is a function, method or top-level constant; it counts as found when one of the faulty ones is among the first k.",
    "",
    "## Files and places",
    "",
    ...TEXTS.flatMap((text) => [...tableOf(lines, text), ""]),
    "Under `all places`: every faulty place is among the first five (some issues have two). `lines read` is the mean number of lines of code that somebody",
    "who follows the localiser has read; those without a number rank by an index alone.",
    "",
    "| localiser | how |",
    "|---|---|",
    ...LOCALISERS.map(({ id, title, needsTests }) => `| ${id} | ${title}${needsTests ? "; runs the tests" : ""} |`),
    "",
    "## Issues resolved",
    "",
    ...resolvedText(resolve, issues.length),
    "",
    "## Claims",
    "",
    "Margins set on 2026-11-26, before the first run. What the first run gave, and what was changed after it, is in the [log](log.md).",
    "",
    "| claim | margin | measured | outcome |",
    "|---|---|---|---|",
    ...claims(lines, resolve),
    "",
  ].join("\n");
}

function tableOf(lines: readonly LocaliseLine[], text: IssueText): readonly string[] {
  return [
    `| ${text} text | ${TOPS.map((k) => `file top-${k}`).join(" | ")} | ${TOPS.map((k) => `place top-${k}`).join(" | ")} | all places top-5 | lines read |`,
    `|---|${"---|".repeat(2 * TOPS.length + 2)}`,
    ...LOCALISERS.map(({ id }) => {
      const own = lines.filter((line) => line.localiser === id && line.text === text);
      const read = own.flatMap(({ linesRead }) => (linesRead === null ? [] : [linesRead]));
      const mean = read.length === 0 ? "" : String(Math.round(read.reduce((sum, each) => sum + each, 0) / read.length));
      const shares = [
        ...TOPS.map((k) => share(own, ({ file }) => within(file, k))),
        ...TOPS.map((k) => share(own, ({ place }) => within(place, k))),
        share(own, ({ allPlaces }) => within(allPlaces, 5)),
      ];
      return `| ${id} | ${shares.map((each) => percent(each)).join(" | ")} | ${mean} |`;
    }),
  ];
}

/** Only issues on which all three were tried. */
function complete(resolve: readonly ResolveLine[]): readonly ResolveLine[] {
  return resolve.filter(({ id }) =>
    RESOLVED.every((text) => resolve.some((line) => line.id === id && line.text === text)),
  );
}

function resolvedText(resolve: readonly ResolveLine[], total: number): readonly string[] {
  const all = complete(resolve);
  if (all.length === 0) return ["Not measured yet."];
  const issues = new Set(all.map(({ id }) => id)).size;
  return [
    `\`pawl fix --issue\` with ${RESOLVE_EVALUATIONS} evaluations, seed 1, on ${issues}${issues < total ? ` of the ${total}` : ""} issues${issues < total ? " (the others are not measured yet: too few to tell a few points apart)" : ""}. Resolved: the one patch that is chosen passes the hidden tests, which no part of the run sees.`,
    "Over-fitted: it passes the visible tests, those held back included, and fails a hidden one.",
    "",
    "| issue text | resolved | share, 95 % interval | over-fitted | no patch |",
    "|---|---|---|---|---|",
    ...RESOLVED.map((text) => {
      const own = all.filter((line) => line.text === text);
      const hidden = own.filter((line) => line.hidden).length;
      const visible = own.filter((line) => line.visible).length;
      const { low, high } = wilsonInterval(hidden, own.length);
      return `| ${text} | ${hidden} of ${own.length} | ${percent(hidden / own.length)} (${percent(low)} to ${percent(high)}) | ${visible - hidden} | ${own.length - visible} |`;
    }),
  ];
}

function claims(lines: readonly LocaliseLine[], resolve: readonly ResolveLine[]): readonly string[] {
  const of = (localiser: string, text: IssueText, k: number, what: "file" | "place"): number =>
    share(
      lines.filter((line) => line.localiser === localiser && line.text === text),
      (line) => within(line[what], k),
    );
  const all = complete(resolve);
  const resolved = (text: ResolveLine["text"]): number =>
    share(
      all.filter((line) => line.text === text),
      ({ hidden }) => hidden,
    );
  const best = "search+sbfl";
  const unions = TEXTS.flatMap((text) =>
    ["bm25", "repo-map"].map((other) => of("union", text, 5, "file") - of(other, text, 5, "file")),
  );
  return [
    row("helpful text, search+sbfl: place in the first five", MARGINS.helpfulTop5, of(best, "helpful", 5, "place")),
    row("helpful text, search+sbfl: place first", MARGINS.helpfulTop1, of(best, "helpful", 1, "place")),
    row(
      "misleading text, search+sbfl: place in the first five",
      MARGINS.misleadingTop5,
      of(best, "misleading", 5, "place"),
    ),
    row(
      "misleading text: search+sbfl above search, place in the first five",
      MARGINS.testsAgainstMisleading,
      of(best, "misleading", 5, "place") - of("search", "misleading", 5, "place"),
    ),
    row(
      "union above bm25 and repo-map, file in the first five, the least of four",
      MARGINS.unionGain,
      Math.min(...unions),
    ),
    ...(all.length === 0
      ? []
      : [
          row("resolved: helpful above none", MARGINS.helpfulGain, resolved("helpful") - resolved("none")),
          row("resolved: misleading above none", -MARGINS.misleadingLoss, resolved("misleading") - resolved("none")),
        ]),
  ];
}

/** Shares are compared as counts are: a rounding error is no miss. */
function row(claim: string, margin: number, measured: number): string {
  const held = measured >= margin - 1e-9;
  return `| ${claim} | ≥ ${percent(margin)} | ${percent(measured)} | ${held ? "reproduced" : "not reproduced"} |`;
}

function within(rank: number | null, k: number): boolean {
  return rank !== null && rank <= k;
}

function share<T>(items: readonly T[], is: (item: T) => boolean): number {
  return items.length === 0 ? NaN : items.filter(is).length / items.length;
}

function percent(value: number): string {
  return Number.isNaN(value) ? "–" : `${(100 * value).toFixed(1)} %`;
}
