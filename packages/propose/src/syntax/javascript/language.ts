import type { TextEdit } from "@pawl/core";
import type { EditContext, Ingredient, ParsedSource, SyntaxEdit, SyntaxLanguage } from "../types.ts";
import { type Node, isFunction, isReference, isStatement } from "./ast.ts";
import { fileIngredients } from "./ingredients.ts";
import { operatorsFor } from "./operators/index.ts";
import { parseModule } from "./parse-module.ts";
import { SourceFile } from "./source-file.ts";

/** Edits by the text they give, told apart by the smallest single replacement that gives it. */
class Results {
  readonly #source: string;
  readonly #inserted = new Map<number, Map<string, SyntaxEdit>>();

  constructor(source: string) {
    this.#source = source;
  }

  /**
   * Puts the edit in the place of its resulting text, unless one with at least its weight is there. Gives the edit
   * that lost the place, which is the new one itself when it changes nothing.
   */
  add(edit: SyntaxEdit): SyntaxEdit | null {
    const { replacements } = edit;
    const source = this.#source;
    const first = replacements[0];
    if (!first) return edit;
    let text = first.text;
    let end = first.end;
    for (let i = 1; i < replacements.length; i += 1) {
      const next = replacements[i]!;
      text += source.slice(end, next.start) + next.text;
      end = next.end;
    }
    const base = first.start;
    const grown = text.length - (end - base);
    const length = source.length + grown;
    // The result: the source up to `base`, then `text`, then the source from `end` on.
    const result = (at: number): number =>
      at - base < text.length ? text.charCodeAt(at - base) : source.charCodeAt(at - grown);
    let start = base;
    while (start < source.length && start < length && source.charCodeAt(start) === result(start)) start += 1;
    let oldEnd = Math.max(end, start, start - grown);
    while (oldEnd > start && oldEnd + grown > start && source.charCodeAt(oldEnd - 1) === result(oldEnd + grown - 1)) {
      oldEnd -= 1;
    }
    const newEnd = oldEnd + grown;
    if (oldEnd === start && newEnd === start) return edit;
    const tail = newEnd - base - text.length;
    const inserted = (tail > 0 ? text + source.slice(end, end + tail) : text).slice(start - base, newEnd - base);
    const span = start * (source.length + 1) + oldEnd;
    let known = this.#inserted.get(span);
    if (!known) this.#inserted.set(span, (known = new Map()));
    const there = known.get(inserted);
    if (there && there.weight >= edit.weight) return edit;
    known.set(inserted, edit);
    return there ?? null;
  }
}

function isSound(replacements: readonly TextEdit[], length: number): boolean {
  let last = 0;
  for (const { start, end } of replacements) {
    if (start < last || end < start || end > length) return false;
    last = end;
  }
  return true;
}

class JavaScriptLanguage implements SyntaxLanguage {
  readonly id: "javascript" | "typescript";
  readonly extensions: readonly string[];

  constructor(id: "javascript" | "typescript", extensions: readonly string[]) {
    this.id = id;
    this.extensions = extensions;
  }

  parse(source: string, path: string): ParsedSource | null {
    return SourceFile.parse(source, path);
  }

  syntaxError(source: string, path: string): { message: string; line: number } | null {
    const { fault } = parseModule(path, source);
    return fault && { message: fault.message, line: source.slice(0, fault.offset).split("\n").length };
  }

  *edits(parsed: ParsedSource, context: EditContext): Generator<SyntaxEdit> {
    const file = asFile(parsed);
    const results = new Results(file.source);
    const found: SyntaxEdit[] = [];
    // What another operator writes as well, with more confidence.
    const outdone = new Set<SyntaxEdit>();
    for (const node of file.nodes) {
      const operators = operatorsFor(node.type);
      if (operators.length === 0 || isOnlyName(node)) continue;
      const line = file.lineOf(node.start);
      if (context.lines && !context.lines.has(line)) continue;
      for (const { id, faultClass: usual, alternatives } of operators) {
        for (const { replacements, weight = 1, faultClass = usual } of alternatives(node, file, context)) {
          if (!isSound(replacements, file.source.length)) continue;
          const edit: SyntaxEdit = { operator: id, faultClass, nodeKind: node.type, replacements, line, weight };
          const loser = results.add(edit);
          if (loser === edit) continue;
          if (loser) outdone.add(loser);
          found.push(edit);
        }
      }
    }
    for (const edit of found) if (!outdone.has(edit)) yield edit;
  }

  ingredients(parsed: ParsedSource): readonly Ingredient[] {
    return fileIngredients(asFile(parsed));
  }

  identifiers(parsed: ParsedSource): ReadonlyMap<string, readonly number[]> {
    const file = asFile(parsed);
    const found = new Map<string, number[]>();
    for (const node of file.nodes) {
      const named = node.type === "Identifier" || node.type === "PrivateIdentifier" || node.type === "JSXIdentifier";
      if (!named) continue;
      const line = file.lineOf(node.start);
      const lines = found.get(node.name);
      if (!lines) found.set(node.name, [line]);
      else if (lines.at(-1) !== line) lines.push(line);
    }
    return found;
  }

  statementLines(parsed: ParsedSource): readonly { line: number; endLine: number }[] {
    const file = asFile(parsed);
    const found = new Map<number, number>();
    for (const node of file.nodes) {
      const span = statementSpan(node, file);
      if (!span) continue;
      const line = file.lineOf(span.start);
      const endLine = file.lineOf(Math.max(span.start, span.end - 1));
      found.set(line, Math.max(found.get(line) ?? 0, endLine));
    }
    return [...found].sort((a, b) => a[0] - b[0]).map(([line, endLine]) => ({ line, endLine }));
  }
}

/** True for identifiers at which there is nothing to edit: declared names and names of properties. */
function isOnlyName(node: Node): boolean {
  if (node.type !== "Identifier" || isReference(node)) return false;
  return !node.parent || !isFunction(node.parent) || node.parent.id === node;
}

/** The part of a statement that belongs to it alone: compound statements end where their body begins. */
function statementSpan(node: Node, file: SourceFile): { start: number; end: number } | null {
  if (node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement") return node.body;
  if (node.type === "MethodDefinition") return { start: node.start, end: node.value.body?.start ?? node.end };
  if (node.type === "PropertyDefinition") return node;
  if (!isStatement(node) || node.type === "BlockStatement" || node.type === "EmptyStatement") return null;
  switch (node.type) {
    case "IfStatement":
      return { start: node.start, end: file.outer(node.test).end };
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "WhileStatement":
    case "LabeledStatement":
      return { start: node.start, end: Math.max(node.start + 1, node.body.start) };
    case "DoWhileStatement":
      return { start: node.start, end: node.start + 2 };
    case "TryStatement":
      return { start: node.start, end: node.start + 3 };
    case "SwitchStatement":
      return { start: node.start, end: file.outer(node.discriminant).end };
    case "FunctionDeclaration":
      return { start: node.start, end: node.body?.start ?? node.end };
    case "ClassDeclaration":
      return { start: node.start, end: node.body.start };
    default:
      return { start: node.start, end: headerEnd(node, file) };
  }
}

/** End of a simple statement, before the first function body in it: the body's statements speak for themselves. */
function headerEnd(node: Node, file: SourceFile): number {
  for (const inner of file.within(node)) {
    if (inner !== node && inner.type === "BlockStatement") return inner.start;
  }
  return node.end;
}

function asFile(parsed: ParsedSource): SourceFile {
  if (!(parsed instanceof SourceFile)) throw new TypeError(`${parsed.path} was not parsed by the JavaScript language`);
  return parsed;
}

/** JavaScript, with JSX where the file's name says so. */
export const javascript: SyntaxLanguage = new JavaScriptLanguage("javascript", [".js", ".mjs", ".cjs", ".jsx"]);

/** TypeScript; types are read for guesses and never edited. */
export const typescript: SyntaxLanguage = new JavaScriptLanguage("typescript", [".ts", ".mts", ".cts", ".tsx"]);
