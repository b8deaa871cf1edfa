import { existsSync, readFileSync } from "node:fs";
import { isReached, MARGINS, type EvolveData, type EvolveLine } from "../claims/evolve.ts";

const DATA = new URL("../../docs/data/evolve.json", import.meta.url);

/** docs/evolve.md, from the results of `npm run claims -- evolve`. */
export function evolveDocument(): string {
  const head =
    "# Evolving a score without a model\n\nWritten by `npm run docs` from docs/data/evolve.json, which `npm run claims -- evolve` writes.\n";
  if (!existsSync(DATA)) return `${head}\nNot measured yet.\n`;
  const { lines, restarts } = JSON.parse(readFileSync(DATA, "utf8")) as EvolveData;
  const packing = lines.filter((line) => line.problem === "circle-packing");
  const others = Map.groupBy(
    lines.filter((line) => line.problem !== "circle-packing"),
    (line) => line.problem,
  );
  return [
    head,
    "Each line is the command a user would type, in a copy of the problem's folder below `packages/worlds/code-evolve`, with `--jobs 1`. Times are of",
    "a machine that did other work as well. The control named “under the same budget” is part of every run of `pawl evolve`.",
    "",
    ...packingSection(packing, restarts),
    ...[...others.values()].flatMap(problemSection),
  ].join("\n");
}

function packingSection(lines: readonly EvolveLine[], restarts: EvolveData["restarts"]): string[] {
  const [first] = lines;
  if (first === undefined) return [];
  const { score, seconds, aim, aimSeconds } = MARGINS.packing;
  const aims = lines.filter(({ result, times }) => result.score.after >= aim && times.search <= aimSeconds).length;
  return [
    `## ${first.title}`,
    "",
    ...commandOf(first),
    "The check is exact: float64 numbers are whole multiples of 2^-1074, and whole numbers decide whether two circles overlap. No tolerance is used.",
    "The search knows the constraints (`problem.js`); it does not know a solution.",
    "",
    `| seed | score | seconds to ${score} | seconds of search | ${controlOf(first)}, same seconds | ${score} within ${seconds} s |`,
    "|---|---|---|---|---|---|",
    ...lines.map((line) => {
      const { result, times, seed } = line;
      return `| ${seed} | ${result.score.after} | ${times.margin ?? "–"} | ${times.search} | ${controlScore(line)} | ${outcome(isReached(line))} |`;
    }),
    "",
    `The aim beyond, ${aim} within ${aimSeconds} s: ${aims} of ${lines.length} seeds.`,
    "",
    "| known or dull | score |",
    "|---|---|",
    ...first.known.map(({ name, score: known }) => `| ${name} | ${known} |`),
    ...(restarts === null
      ? []
      : [
          `| the same local solver from ${restarts.solves} random points, ${restarts.seconds} s of CPU, no hopping (valid up to rounding) | ${restarts.score.toFixed(9)} |`,
        ]),
    "",
    ...(restarts !== null && restarts.score >= aim
      ? [
          "Random restarts of the local solver get there as well in that time: on this problem the solver counts for more than the search around it.",
          "",
        ]
      : []),
  ];
}

function problemSection(lines: readonly EvolveLine[]): string[] {
  const first = lines[0] as EvolveLine;
  const { heldOut, before } = first.result.score;
  const known = first.known.map((each) => {
    const held = each.heldOut === undefined ? "–" : figure(each.heldOut);
    return `| ${each.name} | ${figure(each.score)} | ${held} | | |`;
  });
  const best = first.bestKnown === null ? [] : [`| best known | ${figure(first.bestKnown)} | – | | |`];
  return [
    `## ${first.title}`,
    "",
    ...commandOf(first),
    `| | score | held out | ${controlOf(first)}, same budget | better than the start on held-out instances |`,
    "|---|---|---|---|---|",
    `| start | ${figure(before)} | ${heldOut === null ? "–" : figure(heldOut.before)} | | |`,
    ...known,
    ...best,
    ...lines.map((line) => {
      const { score, evaluations } = line.result;
      const held = score.heldOut === null ? "–" : figure(score.heldOut.after);
      const kept = score.heldOut === null ? "nothing is held out" : outcome(isReached(line));
      return `| seed ${line.seed}, ${evaluations.screened} evaluations | ${figure(score.after)} | ${held} | ${controlScore(line)} | ${kept} |`;
    }),
    "",
    ...comparisons(lines).flatMap((sentence) => [sentence, ""]),
  ];
}

/** What the table shows that speaks against the result, in sentences. */
function comparisons(lines: readonly EvolveLine[]): string[] {
  const scores = lines.map((line) => line.result.score.after);
  const better = (lines[0] as EvolveLine).known.filter(({ score }) => score > Math.max(...scores));
  const same = scores.length > 1 && scores.every((score) => score === scores[0]);
  return [
    ...better.map(({ name }) => `A known method is better than every result: ${name}.`),
    ...(same ? ["All seeds end with the same score."] : []),
  ];
}

function commandOf({ problem, command }: EvolveLine): string[] {
  return ["```sh", `cd packages/worlds/code-evolve/${problem}`, command, "```", ""];
}

function controlOf({ result }: EvolveLine): string {
  return result.baselines[0]?.name ?? "control";
}

function controlScore({ result }: EvolveLine): string {
  const [control] = result.baselines;
  return control === undefined ? "–" : `${figure(control.score)} (${control.evaluations} evaluations)`;
}

function outcome(reached: boolean): string {
  return reached ? "reproduced" : "not reproduced";
}

function figure(value: number): string {
  return String(Number(value.toFixed(3)));
}
