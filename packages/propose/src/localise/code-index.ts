import type { Languages } from "../syntax/languages.ts";
import { nameOf, type Definition, type Import, type Outline } from "./definition.ts";
import { outlineOf } from "./outline.ts";
import { repoMap, schematicMap } from "./maps.ts";
import { WordIndex } from "./word-index.ts";

interface IndexedFile {
  readonly text: string;
  readonly lines: readonly string[];
  readonly outline: Outline;
}

/** A place where a symbol is used. */
export interface Reference {
  readonly path: string;
  readonly line: number;
  /** The innermost definition around it; null at the top level. */
  readonly inside: Definition | null;
}

/** Something with how well it answers a query; only to be compared within one answer. */
export interface Ranked<T> {
  readonly item: T;
  readonly score: number;
}

/**
 * What the files of a project define, use and say: the ground that every localiser stands on. Files of languages that are not known, and
 * files that do not parse, are left out.
 */
export class CodeIndex {
  readonly #languages: Languages;
  readonly #files = new Map<string, IndexedFile>();
  readonly #byName = new Map<string, Definition[]>();
  /** Paths by the identifiers in them. */
  readonly #usedIn = new Map<string, Set<string>>();
  readonly #fileWords = new WordIndex();
  readonly #methodWords = new WordIndex();
  readonly #schematicWords = new WordIndex();

  constructor(languages: Languages) {
    this.#languages = languages;
  }

  static of(languages: Languages, files: Readonly<Record<string, string>>): CodeIndex {
    const index = new CodeIndex(languages);
    index.update(files);
    return index;
  }

  /** Takes the texts of all files. Only those that changed are parsed: their paths are the answer, with those that are gone. */
  update(files: Readonly<Record<string, string>>): {
    readonly parsed: readonly string[];
    readonly gone: readonly string[];
  } {
    const gone = [...this.#files.keys()].filter((path) => files[path] === undefined);
    for (const path of gone) this.#remove(path);
    const parsed = Object.keys(files).filter((path) => files[path] !== this.#files.get(path)?.text);
    for (const path of parsed) {
      this.#remove(path);
      this.#add(path, files[path] as string);
    }
    return { parsed, gone };
  }

  paths(): readonly string[] {
    return [...this.#files.keys()].sort();
  }

  /** Lines of a file; empty for one that is not indexed. */
  lines(path: string): readonly string[] {
    return this.#files.get(path)?.lines ?? [];
  }

  /** Of one file in source order, or of all. */
  definitions(path?: string): readonly Definition[] {
    const paths = path === undefined ? this.paths() : [path];
    return paths.flatMap((each) => this.#files.get(each)?.outline.definitions ?? []);
  }

  /** Functions, methods and top-level constants: the places that localisers rank. */
  methods(path?: string): readonly Definition[] {
    return this.definitions(path).filter(({ kind }) => kind !== "class");
  }

  imports(path: string): readonly Import[] {
    return this.#files.get(path)?.outline.imports ?? [];
  }

  /** Definitions of that name; the `#` of a private one may be left out. */
  named(name: string): readonly Definition[] {
    return this.#byName.get(bare(name)) ?? [];
  }

  /** The innermost function, method or constant around a line. */
  methodAt(path: string, line: number): Definition | null {
    return innermost(this.methods(path), line);
  }

  /** Text of a definition. */
  textOf({ path, line, endLine }: Definition): string {
    return this.lines(path)
      .slice(line - 1, endLine)
      .join("\n");
  }

  /** Names of definitions that stand in these lines. */
  namesIn(path: string, line: number, endLine: number): readonly string[] {
    const identifiers = this.#files.get(path)?.outline.identifiers ?? new Map<string, readonly number[]>();
    return [...identifiers].flatMap(([name, places]) =>
      this.#byName.has(name) && places.some((place) => place >= line && place <= endLine) ? [name] : [],
    );
  }

  /** Where an identifier stands, apart from the lines that define it. */
  references(symbol: string): readonly Reference[] {
    const defined = new Set(
      this.named(symbol).flatMap(({ path, line, decorators }) =>
        // A definition starts at its decorators; its name stands after them.
        Array.from({ length: decorators.length + 1 }, (_, i) => `${path}:${line + i}`),
      ),
    );
    return [...(this.#usedIn.get(bare(symbol)) ?? [])]
      .sort()
      .flatMap((path) =>
        (this.#files.get(path)?.outline.identifiers.get(bare(symbol)) ?? [])
          .filter((line) => !defined.has(`${path}:${line}`))
          .map((line) => ({ path, line, inside: innermost(this.definitions(path), line) })),
      );
  }

  /** Files by BM25 over the sub-words of their path and of what they define. */
  rankFiles(query: string, most: number): readonly Ranked<string>[] {
    return this.#fileWords.find(query, most).map(({ key, score }) => ({ item: key, score }));
  }

  /** Functions and methods by BM25 over the sub-words of name, owner, path, signature, returned expressions and docs. */
  rankMethods(query: string, most: number): readonly Ranked<Definition>[] {
    const byKey = new Map(this.methods().map((each) => [keyOf(each), each]));
    return this.#methodWords.find(query, most).flatMap(({ key, score }) => {
      const item = byKey.get(key);
      return item === undefined ? [] : [{ item, score }];
    });
  }

  /** Files by BM25 over their schematic maps. */
  rankSchematics(query: string, most: number): readonly Ranked<string>[] {
    return this.#schematicWords.find(query, most).map(({ key, score }) => ({ item: key, score }));
  }

  /** Words that a method and a query have in common, rarest first. */
  sharedWords(definition: Definition, query: string): readonly string[] {
    return this.#methodWords.shared(keyOf(definition), query);
  }

  /** The file tree as text. */
  repoMap(): string {
    return repoMap(this.paths());
  }

  /** What a file defines, without bodies. */
  schematic(path: string): string {
    return schematicMap(this.definitions(path));
  }

  #add(path: string, text: string): void {
    const outline = outlineOf(this.#languages, text, path);
    if (outline === null) return;
    this.#files.set(path, { text, lines: text.split("\n"), outline });
    const { definitions, identifiers } = outline;
    for (const each of definitions) this.#byName.set(bare(each.name), [...this.named(each.name), each]);
    for (const name of identifiers.keys()) {
      const paths = this.#usedIn.get(name) ?? new Set();
      this.#usedIn.set(name, paths.add(path));
    }
    const says = ({ signature, docs, returns }: Definition): string => [signature, docs, ...returns].join(" ");
    const names = definitions.map(({ name }) => name).join(" ");
    this.#fileWords.put(path, `${path} ${names}`, definitions.map(says).join(" "));
    this.#schematicWords.put(path, path, schematicMap(definitions));
    for (const each of definitions)
      if (each.kind !== "class")
        this.#methodWords.put(keyOf(each), `${each.owner ?? ""} ${each.name}`, `${path} ${says(each)}`);
  }

  #remove(path: string): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    this.#files.delete(path);
    for (const each of file.outline.definitions) {
      const others = this.named(each.name).filter((other) => other.path !== path);
      if (others.length > 0) this.#byName.set(bare(each.name), others);
      else this.#byName.delete(bare(each.name));
      this.#methodWords.forget(keyOf(each));
    }
    for (const name of file.outline.identifiers.keys()) {
      const paths = this.#usedIn.get(name);
      paths?.delete(path);
      if (paths?.size === 0) this.#usedIn.delete(name);
    }
    this.#fileWords.forget(path);
    this.#schematicWords.forget(path);
  }
}

/** Identifiers are listed without the `#` of private names. */
function bare(name: string): string {
  return name.replace(/^#/, "");
}

/** A file may define a name twice. */
export function keyOf(definition: Definition): string {
  return `${nameOf(definition)}:${definition.line}`;
}

function innermost(definitions: readonly Definition[], line: number): Definition | null {
  return definitions.reduce<Definition | null>(
    (best, each) =>
      each.line <= line && line <= each.endLine && (best === null || each.line >= best.line) ? each : best,
    null,
  );
}
