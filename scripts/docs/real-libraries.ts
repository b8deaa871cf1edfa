import type { LibraryReport, Step } from "../claims/real-library.ts";
import { readReports } from "../claims/real-libraries.ts";

const FENCE = "```";
const LONGEST_OUTPUT = 6000;

/** docs/guides/real-libraries.md, from what `npm run claims -- real-libraries` recorded. */
export function realLibrariesDocument(): string {
  const head =
    "# Pawl on real libraries\n\nWritten by `npm run docs` from docs/data/real-libraries.json, which `npm run claims -- real-libraries` writes.\n";
  const reports = readReports();
  if (reports.length === 0) return `${head}\nNot measured yet.\n`;
  return [
    head,
    "Released open-source libraries are fetched by name and version, as their published archives are, and become git repositories. What their",
    "tests need is installed. Then a fault of one line is written into the source, and `pawl fix` and `pawl branch` work on the whole repository",
    "as anybody would use them: no test command is given, no file is named. Afterwards the branch is checked out, and the library's own suite is",
    "run without Pawl. Times are those of one run on a busy machine with two cores.",
    "",
    "| library | runner | fault | repaired | suite passes by hand | as released | screened | seconds |",
    "|---|---|---|---|---|---|---|---|",
    ...reports.flatMap(rows),
    "",
    ...slowRows(reports),
    ...workedFirst(reports),
    ...reports.flatMap(transcripts),
  ].join("\n");
}

function rows({ library, unusable, faults }: LibraryReport): readonly string[] {
  const name = `${library.name} ${library.version} (${library.from}, ${library.licence})`;
  if (unusable !== null) return [`| ${name} | ${library.runner} | – | not tried: ${cell(unusable)} | | | | |`];
  return faults.map((fault) => {
    const seconds = fault.steps[0]?.seconds ?? 0;
    const place = `${fault.fault.kind}, ${fault.fault.file}`;
    return `| ${name} | ${library.runner} | ${place} | ${yes(fault.fixed)} | ${yes(fault.passesByHand)} | ${yes(fault.asReleased)} | ${fault.screened} | ${seconds} |`;
  });
}

function workedFirst(reports: readonly LibraryReport[]): readonly string[] {
  const worked = (report: LibraryReport): boolean => report.faults.some((fault) => fault.passesByHand);
  const named = (some: readonly LibraryReport[]): string =>
    some.map(({ library }) => library.name).join(", ") || "none";
  const changed = reports.filter(({ library }) => library.changed.length > 0);
  return [
    "## What worked, and what did not",
    "",
    `- Out of the box: ${named(reports.filter((report) => worked(report) && report.library.changed.length === 0))}.`,
    ...changed.map(({ library }) => `- ${library.name} led to a change in Pawl: ${library.changed.join("; ")}.`),
    `- Not repaired: ${named(reports.filter((report) => !worked(report)))}.`,
    "",
  ];
}

/** `pawl speed` on functions of the libraries, some of them slowed first. */
function slowRows(reports: readonly LibraryReport[]): readonly string[] {
  const rows = reports.flatMap(({ library, slow }) => {
    if (slow === null) return [];
    const how = slow.slow.edits.length === 0 ? "as released" : "slowed by an edit";
    const range = slow.interval?.map((bound) => bound.toFixed(2)).join(" to ");
    const found = slow.faster ? `${slow.ratio?.toFixed(2)} times as fast (${range})` : "not made faster";
    return [
      `| ${library.name} | ${slow.slow.target} | ${how} | ${found} | ${slow.faster ? yes(slow.passesByHand) : ""} |`,
    ];
  });
  if (rows.length === 0) return [];
  return ["| library | function | | `pawl speed` | suite passes by hand |", "|---|---|---|---|---|", ...rows, ""];
}

function transcripts({ library, faults, slow }: LibraryReport): readonly string[] {
  const diff = (was: string, becomes: string): string => {
    const marked = (text: string, mark: string): string =>
      text
        .split("\n")
        .map((line) => `${mark} ${line}`)
        .join("\n");
    return `${FENCE}diff\n${marked(was, "-")}\n${marked(becomes, "+")}\n${FENCE}`;
  };
  const worked = (steps: readonly Step[]): readonly string[] => [
    "",
    `${FENCE}text`,
    ...steps.flatMap(shown),
    FENCE,
    "",
  ];
  return [
    ...faults.flatMap(({ fault, steps }) => [
      `## ${library.name}: ${fault.kind} in ${fault.file}`,
      "",
      diff(fault.was, fault.becomes),
      ...worked(steps),
    ]),
    ...(slow === null
      ? []
      : [
          `## ${library.name}: ${slow.slow.target}`,
          "",
          ...slow.slow.edits.map(([was, becomes]) => diff(was, becomes)),
          ...worked(slow.steps),
        ]),
  ];
}

function shown({ command, output, code, seconds }: Step): readonly string[] {
  const text = output.trimEnd();
  const cut = text.length > LONGEST_OUTPUT ? `${text.slice(0, LONGEST_OUTPUT)}\n…` : text;
  return [`$ ${command}`, cut.replaceAll(FENCE, "'''"), `(exit code ${code}, ${seconds} s)`, ""];
}

function yes(value: boolean): string {
  return value ? "yes" : "no";
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
