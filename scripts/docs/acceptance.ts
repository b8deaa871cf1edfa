import { existsSync, readFileSync } from "node:fs";
import type { PowerRow } from "../acceptance/power.ts";
import type { RealTimings } from "../acceptance/real-timings.ts";
import type { RuleRow } from "../acceptance/simulation.ts";

const PAGE = new URL("../../docs/acceptance.md", import.meta.url);
const DATA = new URL("../../docs/data/acceptance.json", import.meta.url);
const BEGIN = "<!-- figures: bench:acceptance, from docs/data/acceptance.json -->\n";
const END = "<!-- end of figures -->\n";

export interface AcceptanceFigures {
  readonly noise: number;
  readonly candidates: number;
  readonly rules: readonly RuleRow[];
  readonly power: readonly PowerRow[];
  readonly found: readonly { readonly gain: number; readonly found: number }[];
  readonly real: RealTimings;
}

/** docs/acceptance.md with the figures of `npm run bench:acceptance` between the two marks; everything else is written by hand. */
export function acceptanceDocument(): string {
  const page = readFileSync(PAGE, "utf8");
  const [head, rest] = page.split(BEGIN);
  const tail = rest?.split(END)[1];
  if (tail === undefined)
    throw new Error(`docs/acceptance.md has lost its marks '${BEGIN.trim()}' and '${END.trim()}'`);
  const figures = existsSync(DATA) ? (JSON.parse(readFileSync(DATA, "utf8")) as AcceptanceFigures) : null;
  return `${head}${BEGIN}${figures === null ? "Not measured yet.\n" : acceptanceTables(figures)}${END}${tail}`;
}

/** The tables of docs/acceptance.md, also what the benchmark prints. */
export function acceptanceTables({ noise, candidates, rules, power, found, real }: AcceptanceFigures): string {
  const gains = found.map((row) => row.gain);
  const tests = [...new Set(power.map((row) => row.test))];
  const cell = (test: number, gain: number): string => {
    const row = power.find((each) => each.test === test && each.gain === gain);
    return row === undefined ? "" : `${share(row.accepted)} (${row.meanPairs.toFixed(0)} pairs)`;
  };
  return [
    `**Nothing to gain.** ${rules[0]?.runs ?? 0} runs of ${candidates} candidates each; a measurement has ${share(noise)} noise; nine of ten candidates change nothing, one makes the score 1 % worse.`,
    "",
    "| rule | false accepts per 100 | runs with any | claimed gain | true change | measurements per run |",
    "|---|---|---|---|---|---|",
    ...rules.map(
      (row) =>
        `| ${row.rule} | ${row.falseAccepts.toFixed(2)} | ${share(row.runsWithAny, 1)} | ${signed(row.claimedGain)} | ${signed(row.trueChange)} | ${row.measurementsPerRun.toFixed(0)} |`,
    ),
    "",
    "**Something to gain.** Share of true gains that the test finds within 40 pairs, and how many pairs it takes (gain or none), by how many tests the run made before:",
    "",
    `| the run's | ${gains.map((gain) => `gain of ${share(gain)}`).join(" | ")} |`,
    `|---|${gains.map(() => "---|").join("")}`,
    ...tests.map((test) => `| test number ${test} | ${gains.map((gain) => cell(test, gain)).join(" | ")} |`),
    `| first candidate, with its one screening before the test | ${found.map((row) => share(row.found)).join(" | ")} |`,
    "",
    `**Real timings.** A program against itself, CPU time of a fresh box for each run, while other processes came and went: ${real.nullTests} tests, ${real.pairs} pairs, noise ${share(real.noise)} of the mean; ` +
      `${real.falseAccepts} said "better" (${share(real.falseAccepts / real.nullTests, 1)}; stated: at most ${share(real.alpha)}). With a third of its rounds left out, which saves ${share(real.saved)} of the CPU time with the start of Node: found in ${real.found} of ${real.gainTests}.`,
    "",
  ].join("\n");
}

function share(value: number, digits = 0): string {
  return `${(100 * value).toFixed(digits)} %`;
}

function signed(value: number): string {
  return `${value >= 0 ? "+" : "−"}${Math.abs(100 * value).toFixed(2)} %`;
}
