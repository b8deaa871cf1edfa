/** A class, function, method or top-level constant of a source file. Lines are 1-based and inclusive. */
export interface Definition {
  readonly path: string;
  readonly kind: "class" | "function" | "method" | "constant";
  readonly name: string;
  /** The class (or object) it is a member of; null where it is no member. */
  readonly owner: string | null;
  /** From the first decorator to the end of the body. */
  readonly line: number;
  readonly endLine: number;
  /** Everything before the body, white space collapsed: `async load(path, { retries = 3 })`. Of a constant, the start of its value, too. */
  readonly signature: string;
  /** As written, without arguments that span lines: `@property`. */
  readonly decorators: readonly string[];
  /** Docstring, or the comments right above. */
  readonly docs: string;
  /** Texts of what it returns, nested functions left out. */
  readonly returns: readonly string[];
}

export interface Import {
  /** As written: `./store.ts`, `..models`. */
  readonly from: string;
  /** Names taken from it; empty when the module itself is. */
  readonly names: readonly string[];
  readonly line: number;
}

/** What a file defines and uses. */
export interface Outline {
  readonly definitions: readonly Definition[];
  readonly imports: readonly Import[];
  /** Every identifier with the lines it stands on, definitions included. */
  readonly identifiers: ReadonlyMap<string, readonly number[]>;
}

/** Long enough to tell one value from another. */
const SHOWN_OF_VALUE = 80;

/** What stands for a constant where functions show their signature. */
export function constantSignature(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= SHOWN_OF_VALUE ? line : `${line.slice(0, SHOWN_OF_VALUE)} …`;
}

/** How a definition is written in lists: `path:Class.method`. Unique unless a file defines a name twice. */
export function nameOf({ path, owner, name }: Pick<Definition, "path" | "owner" | "name">): string {
  return `${path}:${owner === null ? name : `${owner}.${name}`}`;
}
