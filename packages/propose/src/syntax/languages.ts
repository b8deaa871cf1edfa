import { extname } from "node:path";
import { javascript, typescript } from "./javascript/language.ts";
import { loadPython } from "./python/language.ts";
import type { SyntaxLanguage } from "./types.ts";

/** The languages Pawl can edit, by file extension. */
export class Languages {
  readonly #byExtension = new Map<string, SyntaxLanguage>();

  constructor(languages: readonly SyntaxLanguage[]) {
    for (const language of languages)
      for (const extension of language.extensions) this.#byExtension.set(extension, language);
  }

  /** Loads the parsers of all languages. */
  static async load(): Promise<Languages> {
    return new Languages([javascript, typescript, await loadPython()]);
  }

  /** Null for a file in a language that is not known. */
  of(path: string): SyntaxLanguage | null {
    return this.#byExtension.get(extname(path).toLowerCase()) ?? null;
  }

  extensions(): readonly string[] {
    return [...this.#byExtension.keys()];
  }
}
