import type { FaultReport, LibraryReport, Step } from "../claims/real-library.ts";
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
    ...workedFirst(reports),
    ...reports.flatMap((report) => report.faults.flatMap((fault) => transcript(report, fault))),
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
    ...changed.map(
      ({ library }) => `- ${library.name} needed a change in Pawl before it worked: ${library.changed.join("; ")}.`,
    ),
    `- Not repaired: ${named(reports.filter((report) => !worked(report)))}.`,
    "",
  ];
}

function transcript({ library }: LibraryReport, { fault, steps }: FaultReport): readonly string[] {
  return [
    `## ${library.name}: ${fault.kind} in ${fault.file}`,
    "",
    `${FENCE}diff\n- ${fault.was}\n+ ${fault.becomes}\n${FENCE}`,
    "",
    `${FENCE}text`,
    ...steps.flatMap(shown),
    FENCE,
    "",
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
