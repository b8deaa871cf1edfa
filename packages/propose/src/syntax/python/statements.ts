import type { TextEdit } from "@pawl/core";
import type { SyntaxNode } from "./tree.ts";

export const SIMPLE_STATEMENTS = [
  "expression_statement",
  "return_statement",
  "raise_statement",
  "assert_statement",
  "delete_statement",
  "pass_statement",
  "break_statement",
  "continue_statement",
  "global_statement",
  "nonlocal_statement",
] as const;

export const COMPOUND_STATEMENTS = [
  "if_statement",
  "for_statement",
  "while_statement",
  "try_statement",
  "with_statement",
  "match_statement",
] as const;

/** What operators may delete, move or insert beside; definitions and imports are left where they are. */
export const STATEMENTS: readonly string[] = [...SIMPLE_STATEMENTS, ...COMPOUND_STATEMENTS];

const IN_BODY = new Set([
  ...STATEMENTS,
  "function_definition",
  "class_definition",
  "decorated_definition",
  "import_statement",
  "import_from_statement",
]);

export function isStatement(node: SyntaxNode): boolean {
  return IN_BODY.has(node.kind) && (node.parent?.kind === "block" || node.parent?.kind === "module");
}

/** The innermost statement that holds the node (or is it). */
export function statementOf(node: SyntaxNode): SyntaxNode | null {
  for (let at: SyntaxNode | null = node; at !== null; at = at.parent) if (isStatement(at)) return at;
  return null;
}

export function isDocstring(node: SyntaxNode): boolean {
  return (
    node.kind === "expression_statement" && node.namedChildren.length === 1 && node.namedChildren[0]?.kind === "string"
  );
}

/** Inserting, deleting, moving and re-indenting statements in the text, aware of indentation and of CRLF. */
export class Layout {
  readonly source: string;
  readonly newline: string;
  /** One level of indentation as this file writes it. */
  readonly unit: string;

  constructor(source: string, root: SyntaxNode) {
    this.source = source;
    this.newline = source.includes("\r\n") ? "\r\n" : "\n";
    this.unit = this.findUnit(root);
  }

  private findUnit(root: SyntaxNode): string {
    for (const node of root.walk()) {
      const first = node.kind === "block" ? node.namedChildren[0] : undefined;
      const owner = first === undefined ? null : statementOf(node);
      if (first === undefined || owner === null || first.line === owner.line) continue;
      const inner = this.indentOf(first);
      const outer = this.indentOf(owner);
      if (inner !== null && outer !== null && inner.startsWith(outer) && inner.length > outer.length)
        return inner.slice(outer.length);
    }
    return "    ";
  }

  lineStart(offset: number): number {
    return this.source.lastIndexOf("\n", offset - 1) + 1;
  }

  /** Offset behind the newline of the line, or the end of the text. */
  lineAfter(offset: number): number {
    const at = this.source.indexOf("\n", offset);
    return at === -1 ? this.source.length : at + 1;
  }

  /** The whitespace in front of a statement; null when something else stands there (`if x: return`). */
  indentOf(statement: SyntaxNode): string | null {
    const before = this.source.slice(this.lineStart(statement.start), statement.start);
    return /^[ \t]*$/.test(before) ? before : null;
  }

  /** End of the statement without trailing blank text. */
  endOf(statement: SyntaxNode): number {
    let end = statement.end;
    while (end > statement.start && /\s/.test(this.source[end - 1] ?? "")) end--;
    return end;
  }

  /** True when the statement has its lines for itself, so that whole lines can be moved. */
  ownsLines(statement: SyntaxNode): boolean {
    if (this.indentOf(statement) === null) return false;
    const end = this.endOf(statement);
    const stop = this.lineAfter(end);
    return /^[ \t]*(#[^\n]*)?\r?\n?$/.test(this.source.slice(end, stop));
  }

  /** Whole lines of the statement, with the last newline. */
  lines(statement: SyntaxNode): { readonly start: number; readonly end: number } {
    return { start: this.lineStart(statement.start), end: this.lineAfter(this.endOf(statement)) };
  }

  /** True when changing the indentation would change the value of a string. */
  holdsMultilineString(statement: SyntaxNode): boolean {
    if (statement.line === statement.endLine) return false;
    for (const node of statement.walk()) if (node.kind === "string" && node.line !== node.endLine) return true;
    return false;
  }

  /** `text`, whose first line has no indentation and whose others have `from`, as lines indented by `to`, with a final newline. */
  block(text: string, from: string, to: string): string {
    const lines = text.split(/\r?\n/);
    const indented = lines.map((line, index) => {
      if (index === 0) return to + line;
      if (line.trim() === "") return line;
      return line.startsWith(from) ? to + line.slice(from.length) : line;
    });
    return indented.join(this.newline) + this.newline;
  }

  /** Inserts lines (from `block`) before the statement. */
  before(statement: SyntaxNode, lines: string): TextEdit {
    const start = this.lineStart(statement.start);
    return { start, end: start, text: lines };
  }

  /** Inserts lines (from `block`) after the statement. */
  after(statement: SyntaxNode, lines: string): TextEdit {
    const at = this.lines(statement).end;
    const open = at === this.source.length && !this.source.endsWith("\n");
    return { start: at, end: at, text: open ? this.newline + lines.slice(0, -this.newline.length) : lines };
  }

  /** Text of the statement, its first line without indentation. */
  textOf(statement: SyntaxNode): string {
    return this.source.slice(statement.start, this.endOf(statement));
  }

  /** Removes the statement; the only one of a block becomes `pass`. Null when it cannot be taken out cleanly. */
  remove(statement: SyntaxNode): TextEdit | null {
    const siblings = statement.parent?.namedChildren ?? [];
    const alone = siblings.length <= 1;
    if (alone && statement.parent?.kind === "block") {
      return statement.kind === "pass_statement"
        ? null
        : { start: statement.start, end: this.endOf(statement), text: "pass" };
    }
    if (this.ownsLines(statement)) return { ...this.lines(statement), text: "" };
    const index = siblings.indexOf(statement);
    const next = siblings[index + 1];
    const previous = siblings[index - 1];
    if (next !== undefined && next.line === statement.endLine)
      return { start: statement.start, end: next.start, text: "" };
    if (previous !== undefined && previous.endLine === statement.line)
      return { start: previous.end, end: statement.end, text: "" };
    return null;
  }
}
