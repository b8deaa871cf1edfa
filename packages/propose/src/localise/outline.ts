import { SourceFile } from "../syntax/javascript/source-file.ts";
import type { Languages } from "../syntax/languages.ts";
import { pythonTree } from "../syntax/python/language.ts";
import type { Outline } from "./definition.ts";
import { javascriptDefinitions, javascriptImports } from "./javascript-outline.ts";
import { pythonDefinitions, pythonImports } from "./python-outline.ts";

/** What a source defines and uses; null when its language is not known or it does not parse. */
export function outlineOf(languages: Languages, source: string, path: string): Outline | null {
  const language = languages.of(path);
  const parsed = language?.parse(source, path) ?? null;
  if (language === null || parsed === null) return null;
  const identifiers = language.identifiers(parsed);
  if (parsed instanceof SourceFile)
    return { definitions: javascriptDefinitions(parsed), imports: javascriptImports(parsed), identifiers };
  const root = pythonTree(language, parsed);
  return { definitions: pythonDefinitions(root, path), imports: pythonImports(root), identifiers };
}
