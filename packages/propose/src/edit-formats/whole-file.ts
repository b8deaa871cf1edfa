import type { Languages } from "../syntax/languages.ts";
import { Reading, answerLines } from "./answer.ts";
import { codeBlocks, type CodeBlock } from "./code-blocks.ts";
import { definitionsOf } from "./definitions.ts";
import type { Draft } from "./draft.ts";
import type { EditFormat } from "./edit-format.ts";
import { elidedLine } from "./elision.ts";

/** The new text of every file that changes. */
export function wholeFile(languages: Languages): EditFormat {
  const format: EditFormat = {
    id: "whole-file",
    instructions: [
      "Write every file that changes in full: its path on a line of its own, then its whole new text in a block of code:",
      "",
      "path/of/the/file",
      "```",
      "the whole text of the file",
      "```",
      "",
      "Leave nothing out: no '...' and no 'rest unchanged'. Do not write files that stay as they are.",
    ].join("\n"),
    parse(answer, context) {
      const reading = new Reading(answer, context);
      const isWhole = (code: string, path: string | null): boolean => {
        const of = path ?? reading.onlyPath;
        return of !== null && languages.of(of)?.syntaxError(code, of) === null;
      };
      const { blocks, rest } = codeBlocks(answerLines(answer.text, reading), reading, isWhole);
      reading.explain(rest);
      const paths = new Set<string>();
      for (const block of blocks) {
        const draft = fileOf(reading, block, blocks);
        if (draft === null) continue;
        if (paths.has(draft.path) && draft.body !== block.lines.join("\n"))
          reading.problem(draft.path, `the answer holds ${draft.path} twice, with different texts; write it once`);
        else writeFile(reading, languages, draft, block);
        paths.add(draft.path);
      }
      return reading.finish();
    },
    // No file is written twice: once each one that may change has its new text, whole by its grammar, only talk is left.
    isComplete(text, context) {
      const { edits, problems } = format.parse({ text, toolCalls: [], finish: "length" }, context);
      const may = context.editable.filter((path) => Object.hasOwn(context.files, path));
      return (
        problems.length === 0 &&
        may.length > 0 &&
        may.every((path) => Object.hasOwn(edits, path) && languages.of(path) !== null)
      );
    },
  };
  return format;
}

function fileOf(reading: Reading, block: CodeBlock, blocks: readonly CodeBlock[]): Draft | null {
  if (block.path !== null) return reading.open(block.path);
  const path = reading.onlyPath;
  if (blocks.length === 1 && path !== null) {
    reading.note(`a block of code comes without a path and was taken for ${path}`);
    return reading.open(path);
  }
  if (blocks.some((other) => other.path !== null)) {
    reading.note(`a block of code without a path was taken for a part of the explanation: '${block.lines[0] ?? ""}'`);
    reading.explain(block.lines);
  } else
    reading.problem(
      null,
      "a block of code comes without the path of its file; write the path on a line of its own before the block",
    );
  return null;
}

/** Gives a file a new text, when it is whole. */
export function writeFile(reading: Reading, languages: Languages, draft: Draft, { lines, closed }: CodeBlock): void {
  const { path } = draft;
  const before = draft.body;
  const code = withoutBlankEnds(lines, draft.lines);
  const refuse = (reason: string): void => reading.problem(path, reason);
  const elided = elidedLine(code, draft.lines);
  if (elided !== null)
    return refuse(`'${elided.trim()}' stands for lines that were left out of ${path}; write the whole file`);
  const text = code.join("\n");
  if (text.trim() === "" && before.trim() !== "") return refuse(`the block for ${path} is empty; write the whole file`);
  const error = languages.of(path)?.syntaxError(text, path) ?? null;
  const wasFine = languages.of(path)?.syntaxError(before, path) === null;
  if (!closed) {
    if (reading.cut || error !== null || languages.of(path) === null)
      return refuse(`the text of ${path} breaks off at line ${code.length}; write the whole file, or a shorter answer`);
    reading.note(`the block for ${path} is not closed`);
  }
  if (error !== null && wasFine)
    return refuse(`the new text of ${path} does not parse: line ${error.line}: ${error.message}`);
  const missing = lost(languages, path, before, text);
  if (missing.length > 0)
    return refuse(
      `the new text of ${path} leaves out ${missing.slice(0, 6).join(", ")}, which the file has; write the whole file, with the parts that stay`,
    );
  draft.replaceLines(0, draft.lines.length, code);
}

/** Functions, classes and exported values of a file that its new text does not have, when much of the file is gone with them. */
function lost(languages: Languages, path: string, before: string, after: string): string[] {
  const now = definitionsOf(languages, after, path);
  const old = definitionsOf(languages, before, path);
  if (now === null || old === null) return [];
  const kept = new Set(now.flatMap(({ name }) => name.split(", ")));
  return old
    .filter(({ kind }) => kind === "function" || kind === "class" || kind === "method")
    .filter(
      ({ inner, bare, kind, name }) => !kept.has(name) && (inner > bare || kind !== "function" || isPublic(path, name)),
    )
    .map(({ name }) => name);
}

/** In Python every name without a leading underscore is public; elsewhere what is exported. */
function isPublic(path: string, name: string): boolean {
  return path.endsWith(".py") && !name.startsWith("_");
}

/** Blank lines at the ends belong to the fence, unless the file has them, too. */
function withoutBlankEnds(lines: readonly string[], file: readonly string[]): readonly string[] {
  let from = 0;
  let to = lines.length;
  while (from < to && lines[from]?.trim() === "" && file[from]?.trim() !== "") from += 1;
  if (file.at(-1)?.trim() !== "") while (to > from && lines[to - 1]?.trim() === "") to -= 1;
  return lines.slice(from, to);
}
