import type { Languages } from "../syntax/languages.ts";
import { pythonTree } from "../syntax/python/language.ts";
import { JAVASCRIPT_OPERATORS, javascriptEdits } from "./javascript/index.ts";
import { FAMILY_OF } from "./families.ts";
import type { PlacedEdit } from "./operator.ts";
import { PYTHON_OPERATORS, pythonEdits } from "./python/index.ts";

/** Every speed edit of a text in a language that is known, in source order; none when it does not parse. */
export function speedEdits(languages: Languages, source: string, path: string): readonly PlacedEdit[] {
  const language = languages.of(path);
  const parsed = language?.parse(source, path) ?? null;
  if (language === null || parsed === null) return [];
  const all =
    language.id === "python" ? pythonEdits(source, path, pythonTree(language, parsed)) : javascriptEdits(source, path);
  return [...all];
}

/** The operators with what they do and the family they belong to, by language. */
export const SPEED_OPERATORS = {
  javascript: JAVASCRIPT_OPERATORS.map(({ id, description }) => ({ id, description, family: FAMILY_OF[id] })),
  python: PYTHON_OPERATORS.map(({ id, description }) => ({ id, description, family: FAMILY_OF[id] })),
};
