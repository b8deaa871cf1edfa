import type { CodeIndex } from "./code-index.ts";
import { nameOf, type Definition } from "./definition.ts";

/** What one query is answered with: a few places in full, the others by name alone. */
export interface SearchAnswer {
  /** As a person would write it: `search_method("total", class "Cart")`. */
  readonly query: string;
  /** At most three. */
  readonly shown: readonly Shown[];
  /** `path:name` of the others. */
  readonly others: readonly string[];
}

export interface Shown {
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  /** Innermost definition; null at the top level. */
  readonly definition: Definition | null;
  readonly text: string;
  /** Lines of code of the text, which is what reading it costs. */
  readonly cost: number;
}

const MOST_SHOWN = 3;
const CONTEXT = 3;

/**
 * Queries over the structure of a program: the interface of AutoCodeRover (Zhang et al. 2024, table 1). File names may be given from their
 * end: `cart.ts` means every file of that name, unless it is the whole path of one.
 */
export class CodeSearch {
  readonly #index: CodeIndex;

  constructor(index: CodeIndex) {
    this.#index = index;
  }

  /** Signatures of a class and of its members, without bodies: whole classes would drown what is asked for. */
  searchClass(name: string, file?: string): SearchAnswer {
    const found = this.#within(this.#index.named(name), file).filter(({ kind }) => kind === "class");
    return answer(`class ${name}${inFile(file)}`, found, (each) => {
      const members = this.#index
        .definitions(each.path)
        .filter((member) => member.owner === each.name && member.line >= each.line && member.endLine <= each.endLine);
      const lines = [...each.decorators, each.signature, ...members.map(({ signature }) => `  ${signature}`)];
      return shown(each, lines.join("\n"), lines.length);
    });
  }

  /** Functions, methods and constants in full. */
  searchMethod(name: string, { cls, file }: { readonly cls?: string; readonly file?: string } = {}): SearchAnswer {
    const found = this.#within(this.#index.named(name), file).filter(
      ({ kind, owner }) => kind !== "class" && (cls === undefined || owner === cls),
    );
    const inClass = cls === undefined ? "" : ` of class ${cls}`;
    return answer(`method ${name}${inClass}${inFile(file)}`, found, (each) =>
      shown(each, this.#index.textOf(each), each.endLine - each.line + 1),
    );
  }

  /** Lines that hold the text, with three lines around each. */
  searchCode(snippet: string, file?: string): SearchAnswer {
    const found = this.#paths(file).flatMap((path) =>
      this.#index.lines(path).flatMap((text, i) => (text.includes(snippet) ? [{ path, line: i + 1 }] : [])),
    );
    return {
      query: `code ${JSON.stringify(snippet)}${inFile(file)}`,
      shown: found.slice(0, MOST_SHOWN).flatMap(({ path, line }) => this.codeAround(path, line, CONTEXT).shown),
      others: found.slice(MOST_SHOWN).map(({ path, line }) => `${path}:${line}`),
    };
  }

  /** A line with `window` lines above and below. */
  codeAround(file: string, line: number, window: number): SearchAnswer {
    const found = this.#paths(file).filter((path) => line <= this.#index.lines(path).length);
    return {
      query: `code around ${file}:${line}`,
      shown: found.slice(0, MOST_SHOWN).map((path) => {
        const lines = this.#index.lines(path);
        const [from, to] = [Math.max(1, line - window), Math.min(lines.length, line + window)];
        const text = lines.slice(from - 1, to).join("\n");
        return {
          path,
          line: from,
          endLine: to,
          definition: this.#index.methodAt(path, line),
          text,
          cost: to - from + 1,
        };
      }),
      others: found.slice(MOST_SHOWN),
    };
  }

  /** The schematic map of a file. */
  searchFile(file: string): SearchAnswer {
    const found = this.#paths(file);
    return {
      query: `file ${file}`,
      shown: found.slice(0, MOST_SHOWN).map((path) => {
        const text = this.#index.schematic(path);
        const endLine = this.#index.lines(path).length;
        return { path, line: 1, endLine, definition: null, text, cost: text.split("\n").length };
      }),
      others: found.slice(MOST_SHOWN),
    };
  }

  #within(found: readonly Definition[], file: string | undefined): readonly Definition[] {
    const meant = this.#filesMeant(file);
    return found.filter(({ path }) => meant(path));
  }

  #paths(file: string | undefined): readonly string[] {
    return this.#index.paths().filter(this.#filesMeant(file));
  }

  /** Which paths a query means by its file. A whole path names that file alone: others may end alike. */
  #filesMeant(file: string | undefined): (path: string) => boolean {
    if (file === undefined) return () => true;
    const name = file.replaceAll("\\", "/"); // as Windows writes it
    return this.#index.lines(name).length > 0 ? (path) => path === name : (path) => isNamed(path, name);
  }
}

/** True when the path ends with the name, from the start of a folder or file; also when the name was written from further outside. */
function isNamed(path: string, file: string): boolean {
  return path.endsWith(`/${file}`) || file.endsWith(`/${path}`);
}

function inFile(file: string | undefined): string {
  return file === undefined ? "" : ` in ${file}`;
}

function answer(query: string, found: readonly Definition[], show: (each: Definition) => Shown): SearchAnswer {
  return { query, shown: found.slice(0, MOST_SHOWN).map(show), others: found.slice(MOST_SHOWN).map(nameOf) };
}

function shown(definition: Definition, text: string, cost: number): Shown {
  return { path: definition.path, line: definition.line, endLine: definition.endLine, definition, text, cost };
}
