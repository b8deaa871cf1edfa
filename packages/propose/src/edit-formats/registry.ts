import type { Languages } from "../syntax/languages.ts";
import type { EditFormat } from "./edit-format.ts";
import { searchReplace } from "./search-replace.ts";
import { toolCalls } from "./tool-calls.ts";
import { unifiedDiff } from "./unified-diff.ts";
import { wholeFile } from "./whole-file.ts";
import { wholeFunction } from "./whole-function.ts";

/** Signs of a format in an answer; formats that are only a block of code have none. */
const SIGNS: Readonly<Partial<Record<EditFormat["id"], RegExp>>> = {
  "search-replace": /^[ \t>]*<{5,9}[ \t]*\w*[\s\S]*^[ \t>]*={5,9}[ \t]*$/m,
  "unified-diff": /^\s*@@.*@@|^--- .+\n\+\+\+ /m,
  "tool-calls": /\{\s*"(?:name|tool)"\s*:\s*"(?:replace_text|replace_function|write_file)"/,
};

/** Every edit format, by id. An answer in another form than it was asked for is read as what it is, with a note. */
export function editFormats(languages: Languages): ReadonlyMap<EditFormat["id"], EditFormat> {
  const all = [searchReplace, wholeFunction(languages), wholeFile(languages), unifiedDiff, toolCalls(languages)];
  return new Map(all.map((format) => [format.id, { ...format, parse: parseAny(format, all) }]));
}

function parseAny(asked: EditFormat, all: readonly EditFormat[]): EditFormat["parse"] {
  return (answer, context) => {
    const has = (format: EditFormat): boolean =>
      (format.id === "tool-calls" && answer.toolCalls.length > 0) || (SIGNS[format.id]?.test(answer.text) ?? false);
    const other = has(asked) ? undefined : all.find((format) => format !== asked && has(format));
    const read = (other ?? asked).parse(answer, context);
    if (other !== undefined)
      return { ...read, notes: [`answered as ${other.id} instead of ${asked.id}`, ...read.notes] };
    return read;
  };
}
