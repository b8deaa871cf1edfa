import { curveText, type CompareReport, type Estimate } from "@pawl/lab";
import type { Screen } from "../screen.ts";
import { count, figure } from "../words.ts";
import { facts, table } from "./table.ts";

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
  const curves = new Map(curveText(report, 60).map((line, i) => [arms[i], line]));
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
  const grid = table(rows, Math.max(screen.columns - 2, 110), (cell, column, row) =>
    row === 0 ? dim(cell) : column === 0 ? bold(cell) : cell,
  );
  const widest = Math.max(...arms.map(({ arm }) => arm.length));
  const plot = ranked.map(
    (each) => `  ${each.arm.padEnd(widest)}  ${curves.get(each) ?? ""}  ${show(each.reached.mean)}`,
  );
  const missing = pairs.wanted - pairs.measured;
  return [
    bold(`${report.world}: ${report.title}`),
    grid.replaceAll(/^/gm, "  "),
    `${bold("Against evaluations")}${dim(`, from 0 to ${budget}`)}\n${plot.join("\n")}`,
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
