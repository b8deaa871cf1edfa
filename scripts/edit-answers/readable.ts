import type { Defect, Format } from "./draft.ts";
import { searchReplace } from "./readable/search-replace.ts";
import { toolCalls } from "./readable/tool-calls.ts";
import { unifiedDiff } from "./readable/unified-diff.ts";
import { wholeFile } from "./readable/whole-file.ts";
import { wholeFunction } from "./readable/whole-function.ts";

/** Ways of answering that a careful reader understands, format by format. */
export const READABLE: Readonly<Record<Format, Readonly<Record<string, Defect>>>> = {
  "search-replace": searchReplace,
  "whole-file": wholeFile,
  "whole-function": wholeFunction,
  "unified-diff": unifiedDiff,
  "tool-calls": toolCalls,
};
