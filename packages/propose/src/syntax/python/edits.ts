import type { TextEdit } from "@pawl/core";
import type { SyntaxEdit } from "../types.ts";
import type { PythonFile } from "./file.ts";
import { operatorsFor } from "./operators/index.ts";
import { isDocstring, statementOf } from "./statements.ts";
import type { SyntaxNode } from "./tree.ts";

const CLOSED = new Set([
  "type",
  "import_statement",
  "import_from_statement",
  "future_import_statement",
  "decorator",
  "global_statement",
  "nonlocal_statement",
]);

/**
 * All edits of all operators, in source order and then in the order of the table. Where several make the same text,
 * only the operator that stands first in the table has it: the most specific name for the change.
 */
export function editsOf(file: PythonFile, lines: ReadonlySet<number> | undefined): readonly SyntaxEdit[] {
  const found = new Map<string, { readonly edit: SyntaxEdit; readonly rank: number; readonly order: number }>();
  let order = 0;
  for (const node of sites(file.root)) {
    const operators = operatorsFor(node.kind);
    if (operators.length === 0) continue;
    const line = siteLine(node);
    if (lines !== undefined && !isWanted(node, line, lines)) continue;
    for (const { operator, rank } of operators) {
      for (const { replacements, weight = 1, faultClass = operator.faultClass } of operator.edits(node, file)) {
        const kept = replacements.filter((edit) => file.source.slice(edit.start, edit.end) !== edit.text);
        const key = resultKey(file.source, kept);
        if (key === null) continue;
        const known = found.get(key);
        if (known !== undefined && known.rank <= rank) continue;
        const edit: SyntaxEdit = {
          operator: operator.id,
          faultClass,
          nodeKind: node.kind,
          replacements: kept,
          line,
          weight: Math.min(1, Math.max(0.001, weight)),
        };
        found.set(key, { edit, rank, order: order++ });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.order - b.order).map(({ edit }) => edit);
}

/** Nodes that operators may look at: no annotations, imports, decorators, docstrings, nor the `__main__` block. */
function* sites(node: SyntaxNode): Generator<SyntaxNode> {
  if (CLOSED.has(node.kind) || isDocstring(node)) return;
  if (node.kind === "if_statement" && node.child("condition")?.text.startsWith("__name__") === true) return;
  yield node;
  for (const child of node.children) if (child.named) yield* sites(child);
}

/** A block is changed at its end. */
function siteLine(node: SyntaxNode): number {
  return node.kind === "block" ? (node.namedChildren.at(-1)?.line ?? node.line) : node.line;
}

/** A line of a statement stands for all lines of the statement, because traces only name its first. */
function isWanted(node: SyntaxNode, line: number, lines: ReadonlySet<number>): boolean {
  if (lines.has(line)) return true;
  const statement = statementOf(node);
  return statement !== null && node.kind !== "block" && lines.has(statement.line) && !spansBlock(node, statement);
}

/** True when a block of the statement lies between it and the node: then the node belongs to a header of its own (`elif`, `except`). */
function spansBlock(node: SyntaxNode, statement: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node; at !== null && at !== statement; at = at.parent)
    if (at.kind.endsWith("_clause") && at.parent === statement) return true;
  return false;
}

/** Names the text that results, so that equal results have equal keys; null when nothing changes. */
export function resultKey(source: string, replacements: readonly TextEdit[]): string | null {
  const first = replacements[0];
  const last = replacements.at(-1);
  if (first === undefined || last === undefined) return null;
  let text = "";
  let at = first.start;
  for (const edit of replacements) {
    text += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  let start = first.start;
  let end = last.end;
  let skip = 0;
  while (start < end && skip < text.length && source.charCodeAt(start) === text.charCodeAt(skip)) {
    start++;
    skip++;
  }
  let stop = text.length;
  while (end > start && stop > skip && source.charCodeAt(end - 1) === text.charCodeAt(stop - 1)) {
    end--;
    stop--;
  }
  let inserted = text.slice(skip, stop);
  if (inserted === "" && start === end) return null;
  // A pure insertion or deletion inside of a repetition has several equal places: take the last.
  if (start === end) {
    while (inserted !== "" && source[start] === inserted[0]) {
      inserted = inserted.slice(1) + inserted[0];
      start++;
      end++;
    }
  } else if (inserted === "") {
    while (end < source.length && source.charCodeAt(start) === source.charCodeAt(end)) {
      start++;
      end++;
    }
  }
  return `${start}:${end}:${inserted}`;
}
