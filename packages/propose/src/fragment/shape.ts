/** What a value must be able to do, by what a fragment does with it. A tree; the Python analyser sends it as JSON. */
export interface Shape {
  /** Last name of its path: `posts` of `user.posts`. Names hint at values. */
  readonly name: string;
  /** How strongly each kind is suggested. */
  readonly hints: Readonly<Partial<Record<ValueKind, number>>>;
  readonly members: Readonly<Record<string, Shape>>;
  /** Of what it gives when it is iterated, or indexed by a number. */
  readonly element: Shape | null;
  /** Of what it gives for a key that is a text. */
  readonly keyed: Shape | null;
  /** Of what it returns when it is called, or makes with `new`. */
  readonly returns: Shape | null;
  /** Constants it is compared with. */
  readonly literals: readonly (string | number)[];
}

export const VALUE_KINDS = [
  "number",
  "string",
  "boolean",
  "list",
  "record",
  "dictionary",
  "function",
  "map",
  "set",
  "date",
  "pattern",
  "promise",
  "error",
] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** A name that a fragment needs and nothing defines. */
export interface MissingName {
  /** `user`, `this`, or `require("express")` and `import express` for modules that are not there. */
  readonly name: string;
  readonly shape: Shape;
  /** 1-based lines of the program on which it, or something made of it, is used. */
  readonly lines: readonly number[];
  /** True when its type was declared. */
  readonly typed: boolean;
}

/** How a language writes values down. */
export interface ValueWriter {
  number(value: number): string;
  string(value: string): string;
  boolean(value: boolean): string;
  list(items: readonly string[]): string;
  record(members: readonly (readonly [name: string, value: string])[]): string;
  dictionary(entries: readonly (readonly [key: string, value: string])[]): string;
  /** Something that can be called, and made with `new` where the language has it. */
  function(returns: string, members: readonly (readonly [name: string, value: string])[]): string;
  map(entries: readonly (readonly [key: string, value: string])[]): string;
  set(items: readonly string[]): string;
  date(): string;
  pattern(): string;
  promise(value: string): string;
  /** A class of exceptions; classes of the fragment can be made from it. */
  error(name: string): string;
}
