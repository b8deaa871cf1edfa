import type { MatrixBisection, MatrixResult, MatrixVersion } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { clip, count, duration, oneLine } from "../words.ts";
import { isolationText, resultText } from "./result.ts";
import { facts, table } from "./table.ts";

const MOST_FAILURES = 5;
const MOST_NAMES = 10;

/** Which versions pass, and what the others fail by. */
export function matrixText(result: MatrixResult, next: (line: string) => string, screen: Screen): string {
  const { bold, dim, green, red, yellow } = screen.colors;
  const { dependency, versions, bisection } = result;
  const { last, first } = bisection ?? {};
  const named = typeof last === "string" ? [last, first] : versions.map(({ version }) => version);
  const again = `matrix ${dependency} --versions ${named.join(",")} --fix`;
  const failing = versions.filter(({ status }) => status !== "passed");
  // Of a search, what fails beside the flip says what changed there.
  const bad = typeof last === "string" ? failing.filter(({ version }) => named.includes(version)) : failing;
  const headline =
    bisection !== null
      ? bisectionText(result, bisection, screen)
      : bad.length === 0
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
    ...(bisection === null ? [] : triedText(bisection, versions.length)),
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
    ...(bad.length > 0 && result.fix === null && (bisection === null || bisection.outcome === "flips")
      ? [`Next:\n${facts([[next(again), "search a patch that passes with all of them"]], screen.colors.cyan)}`]
      : []),
  ].join("\n\n");
}

/** What the search found, and no more than it tried. */
function bisectionText({ dependency, versions }: MatrixResult, bisection: MatrixBisection, screen: Screen): string {
  const { green, yellow } = screen.colors;
  const { outcome, last, first } = bisection;
  const [low, high] = [versions[0], versions.at(-1)];
  if (outcome === "unknown") return yellow(`Fewer than two releases of ${dependency} could be tried`);
  const passes = low?.status === "passed";
  if (outcome === "flips")
    return yellow(
      passes
        ? `${dependency}: passes up to ${last}, fails from ${first}`
        : `${dependency}: fails up to ${last}, passes from ${first}`,
    );
  const both = `${low?.version} and ${high?.version}: nothing was searched between them`;
  return passes
    ? green(`${dependency}: passes with both ends, ${both}`)
    : yellow(`${dependency}: fails with both ends, ${both}`);
}

function triedText({ releases, oldest, newest, skipped }: MatrixBisection, tried: number): [string, string][] {
  return [
    ["tried", `${tried} of the ${releases} releases from ${oldest} to ${newest}; of the others nothing is known`],
    ...skipped.map(({ version, reason }): [string, string] => ["skipped", `${version}: ${oneLine(reason)}`]),
  ];
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
