import type { Languages } from "../syntax/languages.ts";
import { Reading, answerLines } from "./answer.ts";
import { codeBlocks } from "./code-blocks.ts";
import { definitionsOf } from "./definitions.ts";
import type { EditFormat } from "./edit-format.ts";
import { replaceFunctions } from "./function-edit.ts";

/** The new text of every function that changes. */
export function wholeFunction(languages: Languages): EditFormat {
  return {
    id: "whole-function",
    instructions: [
      "Write every function that changes in full, in a block of code, with the path of its file on the line before it:",
      "",
      "path/of/the/file",
      "```",
      "the whole function, from its first line to its last",
      "```",
      "",
      "Keep its name. Leave nothing out: no '...' and no 'rest unchanged'. Write no other parts of the file.",
    ].join("\n"),
    parse(answer, context) {
      const reading = new Reading(answer, context);
      const isWhole = (code: string, path: string | null): boolean => {
        const of = path ?? context.focus?.path ?? reading.onlyPath;
        return (
          of !== null &&
          (definitionsOf(languages, code, of) ?? []).some(({ kind }) => kind === "function" || kind === "class")
        );
      };
      const { blocks, rest } = codeBlocks(answerLines(answer.text, reading), reading, isWhole);
      reading.explain(rest);
      const seen = new Set<string>();
      blocks.forEach((block, i) => {
        const text = block.lines.join("\n");
        const named = definedNames(languages, text, [...reading.editablePaths]);
        const holding = reading.editablePaths.filter((path) => {
          const own = definitionsOf(languages, reading.currentLines(path).join("\n"), path) ?? [];
          return own.some(({ name }) => named.has(name.slice(name.lastIndexOf(".") + 1)));
        });
        const focus = context.focus?.path;
        const path =
          block.path ??
          reading.onlyPath ??
          (holding.length === 1
            ? (holding[0] as string)
            : focus !== undefined && holding.includes(focus)
              ? focus
              : null);
        if (path === null) {
          if (named.size === 0 && blocks.length > 1) {
            reading.note(`block ${i + 1} holds no function and was taken for a part of the explanation`);
            reading.explain(block.lines);
          } else
            reading.problem(
              null,
              `block ${i + 1} does not say which file its function is in; write the path on the line before it`,
            );
          return;
        }
        if (block.path === null) reading.note(`block ${i + 1} comes without a path and was taken for ${path}`);
        const draft = reading.open(path);
        if (draft === null) return;
        if (!block.closed && (reading.cut || definitionsOf(languages, text, path) === null))
          return reading.problem(
            draft.path,
            "the function breaks off; write it again, from its first line to its last",
          );
        if (seen.has(`${path}\n${text}`)) return reading.note(`block ${i + 1} repeats an earlier one`);
        seen.add(`${path}\n${text}`);
        replaceFunctions(
          reading,
          languages,
          draft,
          block.lines,
          context.focus?.path === draft.path ? context.focus.name : null,
        );
      });
      return reading.finish();
    },
  };
}

/** Last parts of the names that a piece of code defines, in the language of any of the files. */
function definedNames(languages: Languages, code: string, paths: readonly string[]): ReadonlySet<string> {
  for (const path of paths) {
    const found = (definitionsOf(languages, code, path) ?? []).filter(
      ({ kind }) => kind === "function" || kind === "method" || kind === "class",
    );
    if (found.length > 0) return new Set(found.map(({ name }) => name.slice(name.lastIndexOf(".") + 1)));
  }
  return new Set();
}
