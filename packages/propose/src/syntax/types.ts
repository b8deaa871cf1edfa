import type { FaultClass, TextEdit } from "@pawl/core";

/** One elementary change of a program, as exact replacements in its source. */
export interface SyntaxEdit {
  /** Id of the operator, the same for the same idea in every language: `swap-comparison`. */
  readonly operator: string;
  readonly faultClass: FaultClass;
  /** The grammar's name of the node at the site: `BinaryExpression`, `comparison_operator`. */
  readonly nodeKind: string;
  /** Ascending, not overlapping, UTF-16 offsets into the source. */
  readonly replacements: readonly TextEdit[];
  /** 1-based line of the site. */
  readonly line: number;
  /** How much the operator itself believes in this alternative among its alternatives at this site, in (0, 1]; 1 when it has no opinion. */
  readonly weight: number;
}

/** A statement or expression found elsewhere in the project that may be missing here. */
export interface Ingredient {
  readonly text: string;
  readonly kind: "statement" | "condition" | "expression";
  /** Names that occur free in it, so that an operator can ask whether they are in scope at the site. */
  readonly freeNames: readonly string[];
}

export interface EditContext {
  /** From the other files of the project; the file's own ingredients are found by the language itself. */
  readonly ingredients: readonly Ingredient[];
  /** When given, only sites on these 1-based lines. */
  readonly lines?: ReadonlySet<number>;
}

/** A source file that parses, with whatever the language needs to edit it. Opaque outside of the language's folder. */
export interface ParsedSource {
  readonly source: string;
  readonly path: string;
}

export interface SyntaxLanguage {
  readonly id: "javascript" | "typescript" | "python";
  /** With the dot: `.ts`. */
  readonly extensions: readonly string[];
  /** Null when the text has a syntax error. */
  parse(source: string, path: string): ParsedSource | null;
  /** Message and 1-based line of the first syntax error; null when there is none. */
  syntaxError(source: string, path: string): { readonly message: string; readonly line: number } | null;
  /** Every single edit of every operator, in a fixed order (source order, then operator). Each changes the text. Edits need not parse; the caller checks. */
  edits(parsed: ParsedSource, context: EditContext): Iterable<SyntaxEdit>;
  /** Statements and conditions of the file that other files may use. */
  ingredients(parsed: ParsedSource): readonly Ingredient[];
  /** Identifiers in the file with the 1-based lines they stand on, for matching with failing tests. */
  identifiers(parsed: ParsedSource): ReadonlyMap<string, readonly number[]>;
  /** 1-based first lines of the statements, with the lines each one spans (compound statements span only their header). */
  statementLines(parsed: ParsedSource): readonly { readonly line: number; readonly endLine: number }[];
}
