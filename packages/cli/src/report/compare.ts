import { curveText, type ArmReport, type CompareReport, type Estimate } from "@pawl/lab";
import type { Screen } from "../screen.ts";
import { clip, count, figure, width } from "../words.ts";
import { facts, table } from "./table.ts";

const INDENT = 2;
/** Cells of the longest curve, and of the shortest that says anything. */
const CELLS = { most: 60, least: 8 };

/** The arms with their intervals, best first, and how they got there. */
export function compareText(report: CompareReport, path: string, screen: Screen): string {
  const { bold, dim, yellow } = screen.colors;
  const { arms, pairs, measure, budget } = report;
  if (arms.length === 0) return yellow(`Nothing to report: no task has been run by every arm yet (${path}).`);
  const show = (value: number): string => (measure === "solved" ? `${(100 * value).toFixed(1)} %` : figure(value));
  const points = (value: number): string => {
    const text = measure === "solved" ? (100 * value).toFixed(1) : figure(value);
    return value > 0 ? `+${text}` : text;
  };
  const within = ({ interval }: Estimate, words: (value: number) => string): string =>
    interval === null ? "" : ` [${words(interval[0])}, ${words(interval[1])}]`;
  const beside = measure === "solved" ? "answered" : "held out";
  const first = arms[0]?.arm ?? "";
  const ranked = arms.toSorted((a, b) => b.reached.mean - a.reached.mean || b.area.mean - a.area.mean);
  const rows = [
    ["", measure === "solved" ? "solved" : "reached", `against ${first}`, "over the budget", beside],
    ...ranked.map((each) => [
      each.arm,
      show(each.reached.mean) + within(each.reached, show),
      each.against === null ? "" : points(each.against.reached.mean) + within(each.against.reached, points),
      show(each.area.mean),
      each.answered === null ? "" : show(each.answered),
    ]),
  ];
  const plot = plotOf(report, ranked, show, screen.columns - INDENT);
  const missing = pairs.wanted - pairs.measured;
  return [
    bold(`${report.world}: ${report.title}`),
    indented(grid(rows, screen)),
    `${bold("Against evaluations")}${dim(`, from 0 to ${budget}`)}\n${indented(plot.join("\n"))}`,
    ...(missing > 0
      ? [yellow(`${missing} of ${pairs.wanted} pairs of a task and a seed are not measured by every arm yet.`)]
      : []),
    facts(
      [
        ["budget", `${count(budget, "evaluation")} for each arm, task and seed`],
        ["measured", `${count(report.tasks, "task")}, ${count(pairs.measured, "pair")} of a task and a seed`],
        [
          "intervals",
          arms[0]?.reached.interval === null
            ? "none: they take two tasks or two seeds"
            : `95 %, by drawing ${report.tasks > 1 ? "the tasks" : "the seeds"} anew; differences are paired`,
        ],
        ["chance", `what '${first}, again' differs from '${first}' by`],
        ["runs", path],
      ],
      dim,
    ),
  ].join("\n\n");
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(INDENT));
}

/** A line for each arm; where they do not fit, a block for each arm with a line for each figure. */
function grid([header = [], ...arms]: readonly (readonly string[])[], { columns, colors }: Screen): string {
  const { bold, dim } = colors;
  const lines = table([header, ...arms], Number.POSITIVE_INFINITY);
  if (Math.max(...lines.split("\n").map(width)) <= columns - INDENT)
    return table([header, ...arms], columns - INDENT, (cell, column, row) =>
      row === 0 ? dim(cell) : column === 0 ? bold(cell) : cell,
    );
  const room = columns - 2 * INDENT - 2 - Math.max(...arms.flatMap(([, ...figures]) => figures.map(width)));
  const names = header.slice(1).map((name) => clip(name, Math.max(CELLS.least, room)));
  const widest = Math.max(...names.map(width));
  return arms
    .map(([arm = "", ...figures]) => {
      const pairs = figures.flatMap((each, i): [string, string][] =>
        each === "" ? [] : [[(names[i] ?? "").padEnd(widest), each]],
      );
      return `${bold(clip(arm, columns - INDENT))}\n${facts(pairs, dim)}`;
    })
    .join("\n");
}

/** How each arm got there, as wide as the terminal allows: the curve gives way first, then the name. */
function plotOf(
  report: CompareReport,
  ranked: readonly ArmReport[],
  show: (value: number) => string,
  columns: number,
): readonly string[] {
  const ends = ranked.map(({ reached }) => show(reached.mean));
  const room = columns - Math.max(...ends.map(width)) - 4;
  const names = Math.min(Math.max(...ranked.map(({ arm }) => width(arm))), Math.max(CELLS.least, room - CELLS.least));
  const cells = Math.min(CELLS.most, Math.max(CELLS.least, room - names));
  const curves = new Map(curveText(report, cells).map((line, i) => [report.arms[i], line]));
  return ranked.map((each, i) => {
    const name = clip(each.arm, names);
    return `${name}${" ".repeat(names - width(name))}  ${curves.get(each) ?? ""}  ${ends[i]}`;
  });
}
