import type { TextEdit } from "@pawl/core";
import { type Node, enclosingStatement, isStatement, statementList } from "./ast.ts";
import type { SourceFile } from "./source-file.ts";

/** Replaces the node; parentheses around it stay. */
export function replace(node: { start: number; end: number }, text: string): TextEdit[] {
  return [{ start: node.start, end: node.end, text }];
}

/** Exchanges two pieces of text; the first must end before the second begins. */
export function exchange(
  file: SourceFile,
  a: { start: number; end: number },
  b: { start: number; end: number },
): TextEdit[] {
  const [first, second] = a.start < b.start ? [a, b] : [b, a];
  return [
    { start: first.start, end: first.end, text: file.text(second) },
    { start: second.start, end: second.end, text: file.text(first) },
  ];
}

export function insertAt(offset: number, text: string): TextEdit[] {
  return [{ start: offset, end: offset, text }];
}

/** A new statement before one that stands in a list. */
export function insertBefore(file: SourceFile, statement: Node, text: string): TextEdit[] {
  return insertAt(statement.start, `${text}${separator(file, statement)}`);
}

/** A new statement after one that stands in a list; a comment behind it on its line stays with it. */
export function insertAfter(file: SourceFile, statement: Node, text: string): TextEdit[] {
  const comment = file.comments.find(
    (span) => span.start >= statement.end && file.lineOf(span.start) === file.lineOf(statement.end),
  );
  const between = comment ? file.source.slice(statement.end, comment.start) : "x";
  const end =
    comment && /^[ \t]*$/.test(between) && file.lineEnd(comment.end) - comment.end <= 2 ? comment.end : statement.end;
  return insertAt(end, `${separator(file, statement)}${text}`);
}

/** What separates a statement from its neighbour: a line break and its indentation, or a space in `{ a(); b(); }`. */
function separator(file: SourceFile, statement: Node): string {
  const indent = file.indentAt(statement.start);
  const first = file.lineStart(statement.start) + indent.length;
  return first === statement.start || isFirstOnLine(file, statement) ? `${file.style.eol}${indent}` : " ";
}

function isFirstOnLine(file: SourceFile, statement: Node): boolean {
  return file.source.slice(file.lineStart(statement.start), statement.start).trim() === "";
}

/** Takes a statement out, with its lines when it stands alone on them. */
export function remove(file: SourceFile, statement: Node): TextEdit[] {
  if (statementList(statement) === null) return replace(statement, "{}");
  return [{ ...removalSpan(file, statement), text: "" }];
}

export function removalSpan(file: SourceFile, statement: Node): { start: number; end: number } {
  const lineEnd = file.lineEnd(statement.end);
  if (isFirstOnLine(file, statement) && file.source.slice(statement.end, lineEnd).trim() === "") {
    return { start: file.lineStart(statement.start), end: lineEnd };
  }
  const after = /^[ \t]*/.exec(file.source.slice(statement.end, lineEnd))![0].length;
  return { start: statement.start, end: statement.end + after };
}

/** `if (condition) body` the way the file writes it. */
export function ifText(file: SourceFile, site: Node, condition: string, body: string): string {
  if (file.style.bareBodies) return `if (${condition}) ${body}`;
  const { eol, indent } = file.style;
  const base = file.indentAt(site.start);
  return `if (${condition}) {${eol}${base}${indent}${body}${eol}${base}}`;
}

/** Text of a block's or single statement's inner part. */
export function bodyText(file: SourceFile, body: Node): string {
  return body.type === "BlockStatement" ? file.source.slice(body.start + 1, body.end - 1).trim() : file.text(body);
}

/** True for a statement that stands in a function's own list of statements, where others may be put beside it. */
export function isInsertionPoint(node: Node): boolean {
  const parent = node.parent;
  return isStatement(node) && statementList(node) !== null && parent?.type !== "Program";
}

const IDENTIFIER = /[\w$]/;

/** Offset of the next place where the name stands as a free identifier, not as a property or part of a word; -1 for none. */
function nextMention(text: string, name: string, from: number): number {
  for (let at = text.indexOf(name, from); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1];
    const after = text[at + name.length];
    const spread = before === "." && text[at - 2] === ".";
    if (before !== undefined && !spread && (before === "." || before === "#" || IDENTIFIER.test(before))) continue;
    if (after === undefined || !IDENTIFIER.test(after)) return at;
  }
  return -1;
}

/** True when the code speaks of the name: a cheap look at the text, strings and comments included. */
export function mentions(text: string, name: string): boolean {
  return nextMention(text, name, 0) >= 0;
}

/** The text with one free name exchanged for another. */
export function rename(text: string, from: string, to: string): string {
  let renamed = "";
  let last = 0;
  for (let at = nextMention(text, from, 0); at >= 0; at = nextMention(text, from, last)) {
    renamed += text.slice(last, at) + to;
    last = at + from.length;
  }
  return renamed + text.slice(last);
}

/** Text of the nearest statement around a node. */
export function statementText(file: SourceFile, node: Node): string {
  return file.text(enclosingStatement(node) ?? node);
}
