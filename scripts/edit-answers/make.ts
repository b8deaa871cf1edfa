/**
 * Writes the corpus of model answers: packages/propose/fixtures/edit-answers.jsonl. `node scripts/edit-answers/make.ts`.
 * Every answer is made from a known edit by one or two defects, or is written by hand (own.ts). What it has to give is worked out from the edit, never by
 * the parsers. Every third answer is for designing the parsers; the others are for measuring only.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { Rng } from "@pawl/core";
import { READABLE } from "./readable.ts";
import { BROKEN } from "./broken.ts";
import { FORMATS, WRAPPERS, type Draft, type Format } from "./draft.ts";
import { OWN } from "./own.ts";
import { EDITS, editableOf, PROGRAMS } from "./programs.ts";

export interface EditAnswer {
  readonly id: string;
  readonly format: Format;
  readonly defects: readonly string[];
  readonly split: "design" | "measure";
  readonly program: string;
  /** Texts that differ from the program's: the same with Windows line breaks, for example. */
  readonly files?: Readonly<Record<string, string>>;
  readonly editable: readonly string[];
  readonly focus?: { readonly path: string; readonly name: string };
  readonly answer: {
    readonly text: string;
    readonly toolCalls: readonly { readonly name: string; readonly arguments: unknown }[];
    readonly finish: "stop" | "length";
  };
  /** The changed files, or what the reason of the refusal has to say. */
  readonly expected: { readonly files: Readonly<Record<string, string>> } | { readonly refuse: string };
}

const PER_FORMAT = 54;
const FILE = new URL("../../packages/propose/fixtures/edit-answers.jsonl", import.meta.url);

function make(): EditAnswer[] {
  const answers: Omit<EditAnswer, "split">[] = [];
  for (const format of FORMATS) {
    const readable = Object.entries(READABLE[format]);
    const broken = Object.entries(BROKEN[format]);
    let made = 0;
    for (let i = 0; made < PER_FORMAT && i < 10 * PER_FORMAT; i += 1) {
      const rng = Rng.of("edit-answers", format, i);
      const isBroken = i % 3 === 2;
      const [name, defect] = (
        isBroken
          ? broken[Math.floor(i / 3) % broken.length]
          : readable[(2 * Math.floor(i / 3) + (i % 3)) % readable.length]
      ) as [string, (typeof readable)[number][1]];
      const edit = EDITS[(i * 5 + Math.floor(i / 12)) % EDITS.length];
      if (edit === undefined) continue;
      const source = PROGRAMS[edit.program]?.[edit.path] as string;
      const draft: Draft | null = defect({ edit, source, after: source.replace(edit.old, () => edit.next) }, rng);
      if (draft === null) continue;
      const wrapper = rng.pick([null, ...Object.entries(WRAPPERS)]);
      const text = wrapper === null || draft.fixed === true || draft.text === "" ? draft.text : wrapper[1](draft.text);
      made += 1;
      answers.push({
        id: `${format}-${made}`,
        format,
        defects: [name, ...(text === draft.text ? [] : [wrapper?.[0] as string])],
        program: edit.program,
        ...(draft.files === undefined ? {} : { files: draft.files }),
        editable: editableOf(edit.program),
        ...(draft.focus === true ? { focus: { path: edit.path, name: edit.name } } : {}),
        answer: { text, toolCalls: draft.toolCalls ?? [], finish: draft.cut === true ? "length" : "stop" },
        expected:
          draft.refuse === undefined
            ? { files: draft.result ?? { [edit.path]: source.replace(edit.old, () => edit.next) } }
            : { refuse: draft.refuse },
      });
    }
  }
  answers.push(...OWN);
  return answers.map((each, i) => ({ ...each, split: i % 3 === 0 ? "design" : "measure" }));
}

const answers = make();
mkdirSync(new URL(".", FILE), { recursive: true });
writeFileSync(FILE, answers.map((each) => `${JSON.stringify(each)}\n`).join(""));
process.stdout.write(
  `${answers.length} answers, ${answers.filter(({ split }) => split === "design").length} for design, ${answers.filter(({ expected }) => "files" in expected).length} recoverable\n`,
);
