import type { LocateResult, MethodLine, WhyResult } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { clip, count, duration, oneLine } from "../words.ts";
import { facts, table } from "./table.ts";

/** Files and methods that a text points at, with what speaks for them. */
export function locateText(result: LocateResult, screen: Screen): string {
  const { bold, dim, yellow } = screen.colors;
  const pairs: [string, string][] = [
    ["localiser", result.localiser],
    [
      "looked at",
      `${count(result.indexed, "file")}${result.linesRead === null ? "" : `, ${count(result.linesRead, "line")} read`}`,
    ],
    ...(result.tests === null
      ? []
      : [["tests", `${result.tests.failed} failed, ${result.tests.passed} passed`] as [string, string]]),
    ["time", duration(result.seconds)],
  ];
  const files = table(
    result.files.map(({ path, score }) => [score.toFixed(2), path]),
    screen.columns - 2,
    (cell, column) => (column === 0 ? dim(cell) : cell),
  );
  return [
    ...(result.files.length === 0
      ? [bold(yellow("Nothing in this project is like that text"))]
      : [`${bold("Files")}\n${files.replaceAll(/^/gm, "  ")}`]),
    ...(result.methods.length === 0 ? [] : [`${bold("Methods")}\n${methodsText(result.methods, screen)}`]),
    facts(pairs, dim),
  ].join("\n\n");
}

/** The methods that a failing test executes, with what its coverage says. */
export function whyText(result: WhyResult, screen: Screen): string {
  const { bold, dim, red, yellow } = screen.colors;
  const message = oneLine(result.message?.split("\n").find((line) => line.trim() !== "") ?? "");
  const pairs: [string, string][] = [
    ...(message === "" ? [] : [["says", red(clip(message, screen.columns - 12))] as [string, string]]),
    ...(result.stack.length === 0
      ? []
      : [["stack", clip(result.stack.join(" < "), screen.columns - 12)] as [string, string]]),
    ["compared", `with ${count(result.passing, "passing test")}`],
    ["time", duration(result.seconds)],
  ];
  return [
    `${bold(result.test)}\n${facts(pairs, dim)}`,
    result.methods.length === 0
      ? bold(yellow("The test executes no function of the project's sources"))
      : `${bold("Methods")}\n${methodsText(result.methods, screen)}`,
  ].join("\n\n");
}

function methodsText(methods: readonly MethodLine[], screen: Screen): string {
  const { dim, cyan } = screen.colors;
  return methods
    .map(({ path, line, name, score, evidence }) =>
      [
        `  ${dim(score.toFixed(2))}  ${cyan(name)}  ${dim(`${path}:${line}`)}`,
        ...evidence.map((each) => clip(`        ${each}`, screen.columns)),
      ].join("\n"),
    )
    .join("\n");
}
