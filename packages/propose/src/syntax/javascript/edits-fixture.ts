import { applyEdits } from "@pawl/core";
import type { SyntaxEdit, SyntaxLanguage } from "../types.ts";
import { javascript, typescript } from "./language.ts";

/** The language of a file name. */
export function languageOf(path: string): SyntaxLanguage {
  return typescript.extensions.some((extension) => path.endsWith(extension)) ? typescript : javascript;
}

/** Every single edit of a source that must parse. */
export function editsOf(source: string, path: string, lines?: ReadonlySet<number>): SyntaxEdit[] {
  const language = languageOf(path);
  const parsed = language.parse(source, path);
  if (!parsed) throw new Error(`${path} does not parse: ${language.syntaxError(source, path)?.message}`);
  return [...language.edits(parsed, { ingredients: [], ...(lines ? { lines } : {}) })];
}

/** The text that an edit makes of the source. */
export function applyEdit(source: string, edit: SyntaxEdit): string {
  const text = applyEdits(source, edit.replacements);
  if (text === null) throw new Error(`${edit.operator} has replacements out of order`);
  return text;
}
