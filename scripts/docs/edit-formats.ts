import { existsSync, readFileSync } from "node:fs";
import { isReached, MARGINS, summaryOf, type EditLine } from "../claims/edit-formats.ts";

const RESULTS = new URL("../../docs/data/edit-formats.json", import.meta.url);

/** docs/edit-formats.md: what the parsers of edit formats made of 300 answers. */
export function editFormatsDocument(): string {
  const lines = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, "utf8")) as EditLine[]) : [];
  return [
    "# Edit formats, measured",
    "",
    "Written by `npm run docs` from docs/data/edit-formats.json (`npm run claims -- edit-formats`). How the formats look and what is tolerated is told in",
    "[guides/edit-formats.md](guides/edit-formats.md).",
    "",
    "The corpus is 300 answers of our own making (scripts/edit-answers): edits of small programs in JavaScript, TypeScript and Python, put into each format with one",
    "or two defects, and 30 answers written by hand. What an answer has to give is worked out from the edit, not by the parsers. The parsers and the corpus",
    "have the same author, so that the corpus holds the defects this author could think of. Every third answer was looked at while the parsers were",
    "written. The others were only counted: their texts were not looked at, and nothing was changed on their account.",
    "",
    ...(lines.length === 0 ? ["Not measured yet."] : figures(lines)),
    "",
  ].join("\n");
}

function figures(lines: readonly EditLine[]): string[] {
  const measured = lines.filter(({ split }) => split === "measure");
  const row = (name: string, chosen: readonly EditLine[]): string => {
    const { applied, recoverable, refused, broken, wrong, silent, outside } = summaryOf(chosen);
    return `| ${name} | ${applied} of ${recoverable} | ${refused} of ${broken} | ${wrong} | ${silent} | ${outside} |`;
  };
  const formats = [...new Set(lines.map(({ format }) => format))];
  return [
    "| answers | recoverable ones applied exactly as expected | others refused for the expected reason | wrong edits | silent | outside of the editable files |",
    "|---|---|---|---|---|---|",
    ...formats.map((format) =>
      row(
        format,
        measured.filter((line) => line.format === format),
      ),
    ),
    row("**all that were kept for measuring**", measured),
    row(
      "for design",
      lines.filter(({ split }) => split === "design"),
    ),
    "",
    `The claim: at least ${100 * MARGINS.applied} % of the recoverable answers applied, none silent, none outside. It is ${isReached(lines) ? "reached" : "not reached"}.`,
    "A wrong edit gives other text than expected, or edits where the answer should have been refused; the verifier judges it like any other.",
  ];
}
