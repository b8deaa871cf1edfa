import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { applyEdits } from "@pawl/core";
import { editFormats, Languages } from "@pawl/propose";
import type { EditAnswer } from "../edit-answers/make.ts";
import { PROGRAMS } from "../edit-answers/programs.ts";

/**
 * 300 answers of our own making (scripts/edit-answers), a third of them for designing the parsers. On the others: at least 95 % of those that
 * a careful reader could apply give exactly the expected files; no answer is dropped without a word; nothing outside of the editable files is edited.
 * Set on 2026-11-26, before the first run.
 */
export const MARGINS = { applied: 0.95 } as const;

const CORPUS = new URL("../../packages/propose/fixtures/edit-answers.jsonl", import.meta.url);
const RESULTS = new URL("../../docs/data/edit-formats.json", import.meta.url);

export interface EditLine {
  readonly id: string;
  readonly format: string;
  readonly defects: readonly string[];
  readonly split: "design" | "measure";
  readonly recoverable: boolean;
  /** As expected: exactly these files, or refused for this reason. */
  readonly right: boolean;
  /** Edits that give other files than expected, or edits where there should be none. */
  readonly wrongEdit: boolean;
  /** Neither an edit nor a problem; or an edit that changes nothing. */
  readonly silent: boolean;
  readonly outside: boolean;
  readonly said: readonly string[];
}

export async function claimEditFormats(quick: boolean): Promise<void> {
  const formats = editFormats(await Languages.load());
  const corpus = readFileSync(CORPUS, "utf8").trimEnd().split("\n");
  const lines = corpus.map((line) => judge(JSON.parse(line) as EditAnswer, formats));
  for (const split of ["design", "measure"] as const) {
    const { applied, recoverable, refused, broken, wrong, silent, outside } = summaryOf(
      lines.filter((line) => line.split === split),
    );
    process.stdout.write(
      `${split}: ${applied} of ${recoverable} recoverable answers applied as expected, ${refused} of ${broken} others refused for the expected reason; wrong edits ${wrong}, silent ${silent}, outside of the editable files ${outside}\n`,
    );
  }
  for (const { id, defects, said, split } of lines.filter(({ right }) => !right))
    process.stdout.write(
      `  ${split === "design" || process.env["PAWL_SHOW"] === "all" ? `${id} (${defects.join(", ")}): ${said.join(" | ").slice(0, 300)}` : id}\n`,
    );
  if (!quick) {
    mkdirSync(new URL(".", RESULTS), { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify(lines, null, 1)}\n`);
  }
  if (!isReached(lines)) process.exitCode = 1;
}

export function summaryOf(
  lines: readonly EditLine[],
): Record<"applied" | "recoverable" | "refused" | "broken" | "wrong" | "silent" | "outside", number> {
  const count = (of: (line: EditLine) => boolean): number => lines.filter(of).length;
  return {
    applied: count((line) => line.recoverable && line.right),
    recoverable: count((line) => line.recoverable),
    refused: count((line) => !line.recoverable && line.right),
    broken: count((line) => !line.recoverable),
    wrong: count((line) => line.wrongEdit),
    silent: count((line) => line.silent),
    outside: count((line) => line.outside),
  };
}

export function isReached(lines: readonly EditLine[]): boolean {
  const { applied, recoverable, silent, outside } = summaryOf(lines.filter(({ split }) => split === "measure"));
  return recoverable > 0 && applied >= MARGINS.applied * recoverable && silent === 0 && outside === 0;
}

function judge(each: EditAnswer, formats: ReturnType<typeof editFormats>): EditLine {
  const files = { ...PROGRAMS[each.program], ...each.files };
  const context = { files, editable: each.editable, ...(each.focus === undefined ? {} : { focus: each.focus }) };
  const { edits, problems, notes } = formats.get(each.format)?.parse(each.answer, context) ?? {
    edits: {},
    problems: [],
    notes: [],
  };
  const results = Object.fromEntries(
    Object.entries(edits).map(([path, list]) => [path, applyEdits(files[path] ?? "", list)]),
  );
  const { expected } = each;
  const want = "files" in expected ? expected.files : null;
  const same = want !== null && JSON.stringify(sorted(results)) === JSON.stringify(sorted(want));
  const reasons = problems.map(({ reason }) => reason);
  const isOnlyPart = want === null && Object.keys(results).length > 0;
  // Of several changes the good ones may be applied when the others are refused in words.
  const refused =
    want === null && reasons.some((reason) => new RegExp("refuse" in expected ? expected.refuse : "").test(reason));
  return {
    id: each.id,
    format: each.format,
    defects: each.defects,
    split: each.split,
    recoverable: want !== null,
    right: want === null ? refused : same && problems.every(({ reason }) => reason.includes("as it is")),
    wrongEdit: want === null ? isOnlyPart && !each.id.startsWith("own") : Object.keys(results).length > 0 && !same,
    silent:
      (Object.keys(results).length === 0 && problems.length === 0) ||
      Object.entries(results).some(([path, text]) => text === files[path]),
    outside: Object.keys(edits).some((path) => !each.editable.includes(path)),
    said: [...reasons, ...notes],
  };
}

function sorted(of: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
