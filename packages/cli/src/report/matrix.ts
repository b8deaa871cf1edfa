import type { MatrixResult, MatrixVersion } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { clip, count, duration, oneLine } from "../words.ts";
import { isolationText, resultText } from "./result.ts";
import { facts, table } from "./table.ts";

const MOST_FAILURES = 5;
const MOST_NAMES = 10;

/** Which versions pass, and what the others fail by. */
export function matrixText(result: MatrixResult, next: (line: string) => string, screen: Screen): string {
  const { bold, dim, green, red, yellow } = screen.colors;
  const { dependency, versions } = result;
  const again = `matrix ${dependency} --versions ${versions.map(({ version }) => version).join(",")} --fix`;
  const bad = versions.filter(({ status }) => status !== "passed");
  const headline =
    bad.length === 0
      ? green(`Passes with ${versions.length === 1 ? dependency : `every version of ${dependency}`}`)
      : yellow(`Does not pass with ${bad.map(({ version }) => `${dependency}@${version}`).join(", ")}`);
  const rows = [
    ["version", "verdict", "tests"],
    ...versions.map(({ version, status, tests }) => [
      version,
      status,
      `${tests.passed} passed, ${tests.failed} failed`,
    ]),
  ];
  const grid = table(rows, screen.columns - 2, (cell, column, row) => {
    if (row === 0) return dim(cell);
    return column === 1 ? (cell === "passed" ? green(cell) : red(cell)) : cell;
  });
  const pairs: [string, string][] = [
    ["time", duration(result.seconds)],
    ["isolation", isolationText(result.isolation, screen.colors)],
  ];
  return [
    bold(headline),
    grid.replaceAll(/^/gm, "  "),
    ...bad.map((version) => versionText(dependency, version, screen)),
    ...(result.fix === null
      ? [facts(pairs, dim)]
      : [resultText({ result: result.fix, applied: null, next, again }, screen)]),
    ...(bad.length > 0 && result.fix === null
      ? [`Next:\n${facts([[next(again), "search a patch that passes with all of them"]], screen.colors.cyan)}`]
      : []),
  ].join("\n\n");
}

function versionText(dependency: string, version: MatrixVersion, screen: Screen): string {
  const { bold, dim } = screen.colors;
  const lines = version.failures
    .slice(0, MOST_FAILURES)
    .map((failure) => [failure.class, `${failure.test ?? "the run"}: ${firstLine(failure.message)}`]);
  const hidden = version.failures.length - lines.length;
  const names = version.missing
    .slice(0, MOST_NAMES)
    .map(({ name, files }) => `${name} (${files.slice(0, 2).join(", ")})`);
  return [
    bold(`${dependency}@${version.version}`),
    table(lines, screen.columns - 2, (cell, column) => (column === 0 ? dim(cell) : cell)).replaceAll(/^/gm, "  "),
    ...(hidden > 0 ? [dim(`  ${count(hidden, "more failure")}: --json shows them`)] : []),
    ...(names.length > 0
      ? [`  ${clip(`in ${version.compared}, but not here: ${names.join(", ")}`, screen.columns - 2)}`]
      : []),
  ].join("\n");
}

function firstLine(message: string): string {
  return oneLine(message.split("\n").find((line) => line.trim() !== "") ?? "");
}
