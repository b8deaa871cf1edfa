import type { TextEdit } from "@pawl/core";

/** The text after the replacements; for tests and studies. */
export function applyEdits(source: string, replacements: readonly TextEdit[]): string {
  let text = "";
  let at = 0;
  for (const edit of replacements) {
    text += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + source.slice(at);
}
