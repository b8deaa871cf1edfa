import type { EvolveResult, FixResult, RunResult, TestCount } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { count, duration, figure } from "../words.ts";
import { colourDiff } from "./diff.ts";
import { speedEvidence } from "./speed.ts";
import { facts, table } from "./table.ts";

export interface ResultReport {
  readonly result: RunResult;
  /** Files that were changed in the work tree. */
  readonly applied: readonly string[] | null;
  /** Makes a command line a person can type next. */
  readonly next: (line: string) => string;
  /** The command the run was started by, without its budget; default: that of the result's kind. */
  readonly again?: string;
}

/** The end of a run, for people: what was found, the evidence, and what to type next. */
export function resultText({ result, applied, next, again }: ResultReport, screen: Screen): string {
  const { colors } = screen;
  const reached = isReached(result);
  const headline = reached ? colors.bold(colors.green(title(result))) : colors.bold(colors.yellow(title(result)));
  const parts = [
    headline,
    ...(result.patch === "" ? [] : [colourDiff(result.patch.trimEnd(), colors)]),
    facts([...evidence(result, colors), ...circumstances(result, colors)], colors.dim),
  ];
  if ("score" in result && result.front !== undefined) parts.push(frontTable(result, result.front, screen));
  if ("score" in result && result.baselines.length > 0) parts.push(baselineTable(result, screen));
  if (applied !== null) parts.push(colors.green(`Written: ${applied.join(", ")}`));
  parts.push(nextSteps(result, applied, next, again ?? commandOf(result), colors));
  return parts.join("\n\n");
}

/** True when the run reached what it was started for: exit code 0. */
export function isReached(result: RunResult): boolean {
  return result.status === "fixed" || result.status === "improved" || result.status === "faster";
}

/** What came of a run, in a line. */
export function title(result: RunResult): string {
  const files = result.files.join(", ");
  switch (result.status) {
    case "fixed":
      return `Fixed in ${duration(result.seconds)}: ${files}`;
    case "not-fixed":
      return result.patch === ""
        ? "Not fixed: no change made the failing tests pass"
        : `Not fixed: the best change does not hold on the held-out tests (${files})`;
    case "improved":
      return `Improved in ${duration(result.seconds)}: ${files}`;
    case "not-improved":
      return "Not improved: no change was measurably better";
    case "faster":
      return `${figure(result.cpu.ratio)} times as fast, found in ${duration(result.seconds)}: ${result.target}`;
    case "not-faster":
      return result.patch === ""
        ? "Not faster: no rewrite with the same behaviour was measurably faster"
        : "Not faster: the best rewrite does not stand the last comparison, on inputs that the search never saw";
  }
}

function commandOf(result: RunResult): string {
  if ("cpu" in result) return `speed ${result.target}`;
  return "tests" in result ? "fix" : "evolve …";
}

type Pairs = readonly (readonly [string, string])[];

function evidence(result: RunResult, colors: Screen["colors"]): Pairs {
  if ("tests" in result) {
    const { before, after, heldOut } = result.tests;
    return [
      ["tests before", tests(before, colors)],
      ["tests after", tests(after, colors)],
      ["held out", heldOut === null ? "none kept back" : tests(heldOut, colors)],
      ...(result.lessons ? [["lessons", lessonsText(result.lessons)] as const] : []),
      ...(result.types && result.status === "fixed" ? [["types", typesText(result.types)] as const] : []),
    ];
  }
  if ("cpu" in result) return speedEvidence(result);
  const { before, after, interval, heldOut } = result.score;
  const change = after - before;
  const certainty = interval === null ? "" : `, 95 % interval ${figure(interval[0])} to ${figure(interval[1])}`;
  return [
    ["score before", figure(before)],
    ["score after", figure(after)],
    ["change", `${change > 0 ? "+" : ""}${figure(change)}${certainty}`],
    ...result.others.map(
      ({ name, before, after }) => [name, `${figure(before)} before, ${figure(after)} after`] as const,
    ),
    ...(heldOut === null
      ? []
      : [["held out", `${figure(heldOut.before)} before, ${figure(heldOut.after)} after`] as const]),
  ];
}

/** Both shares with their intervals: few requests tell little, and that has to be seen. */
function lessonsText({ recalled, with: informed, without }: FixResult["lessons"] & {}): string {
  if (recalled === 0) return "none that fit";
  const share = ({ asked, progressed, interval: [low, high] }: typeof informed): string =>
    `${progressed} of ${asked} (${Math.round(100 * low)}-${Math.round(100 * high)} %)`;
  return `${recalled} fit; progress with them ${share(informed)}, without ${share(without)}`;
}

function typesText({ checker, errorsBefore }: FixResult["types"] & {}): string {
  return `${checker} finds no new error${errorsBefore === 0 ? "" : `; ${count(errorsBefore, "error")} were there before`}`;
}

function tests({ passed, failed }: TestCount, colors: Screen["colors"]): string {
  const bad = failed === 0 ? `${failed} failed` : colors.red(`${failed} failed`);
  return `${passed} passed, ${bad}`;
}

function circumstances(result: RunResult, colors: Screen["colors"]): Pairs {
  const { screened, confirmed } = result.evaluations;
  return [
    ["evaluations", `${screened} screened, ${confirmed} confirmed`],
    ...(result.answers === undefined ? [] : ([["answers", answersText(result.answers)]] as const)),
    ["time", duration(result.seconds)],
    ["isolation", isolationText(result.isolation, colors)],
    ["made by", `${result.proposer}, search ${result.search}`],
  ];
}

/** What models, agents and people said, and what it cost. */
function answersText({ answers, tokens, dollars, unpriced }: RunResult["answers"] & {}): string {
  const money = dollars === 0 ? "" : `, $${dollars.toFixed(dollars < 1 ? 4 : 2)}`;
  const unknown = unpriced === 0 ? "" : `, ${unpriced} of them of unknown price`;
  return `${count(answers, "answer")}, ${tokens} tokens${money}${unknown}`;
}

/** Loud when nothing protected the machine. */
export function isolationText(isolation: string, colors: Screen["colors"]): string {
  if (isolation !== "none") return isolation;
  return colors.bold(colors.red("NONE: the candidates' code ran on this machine without a sandbox"));
}

const MOST_SHOWN = 12;

/** What no other candidate beats in every objective: take one with `pawl diff <run> --candidate <id>`. */
function frontTable(result: EvolveResult, front: EvolveResult["front"] & {}, screen: Screen): string {
  const names = Object.keys(front[0]?.scores ?? {});
  const [first = ""] = names;
  const shown = front.toSorted((a, b) => (b.scores[first] ?? 0) - (a.scores[first] ?? 0)).slice(0, MOST_SHOWN);
  const rows = [
    ["candidate", ...names, "what was changed last"],
    ...shown.map(({ candidate, scores, summary }) => [
      candidate.slice(0, 12),
      ...names.map((name) => figure(scores[name] as number)),
      summary,
    ]),
  ];
  const { dim } = screen.colors;
  const body = table(rows, screen.columns - 2, (cell, _column, row) => (row === 0 ? dim(cell) : cell));
  const more = front.length > shown.length ? `, ${shown.length} of them here` : "";
  const of = `  Beaten by no other in all of ${names.join(", ")}: ${count(front.length, "candidate")}${more}`;
  return `${of} (pawl diff ${result.run} --candidate <id>):\n${body.replaceAll(/^/gm, "  ")}`;
}

function baselineTable(result: EvolveResult, screen: Screen): string {
  const rows = [
    ["", "score", "evaluations"],
    ["this run", figure(result.score.after), String(result.evaluations.screened)],
    ...result.baselines.map(({ name, score, evaluations }) => [name, figure(score), String(evaluations)]),
  ];
  const { bold, dim } = screen.colors;
  const body = table(rows, screen.columns - 2, (cell, _column, row) =>
    row === 0 ? dim(cell) : row === 1 ? bold(cell) : cell,
  );
  return `  Under the same budget:\n${body.replaceAll(/^/gm, "  ")}`;
}

function nextSteps(
  result: RunResult,
  applied: readonly string[] | null,
  next: (line: string) => string,
  again: string,
  colors: Screen["colors"],
): string {
  const { run, files } = result;
  const steps: [string, string][] = [];
  if (result.patch !== "" && applied === null) {
    steps.push([next(`diff ${run}`), "the patch alone"]);
    steps.push([next(`apply ${run}`), `put it into ${count(files.length, "file")} of the work tree`]);
    steps.push([next(`branch ${run}`), "make it one reviewable commit on a new branch"]);
  }
  steps.push([next(`show ${run}`), "what was tried"]);
  if (!isReached(result)) steps.push([next(`${again} --budget 30m`), "try for longer"]);
  return `Next:\n${facts(steps, colors.cyan)}`;
}
