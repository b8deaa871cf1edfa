import type { PythonFile } from "../file.ts";
import { isDocstring, isStatement, STATEMENTS } from "../statements.ts";
import { statementMaterial, type Material } from "../material.ts";
import type { SyntaxNode } from "../tree.ts";
import { draft, type Draft, type Operator } from "./operator.ts";

function siblingsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return (node.parent?.namedChildren ?? []).filter((child) => isStatement(child) && !isDocstring(child));
}

/** Statements of module level that set the module up are no sites for moving and copying. */
function isInFunction(node: SyntaxNode, file: PythonFile): boolean {
  return file.functionOf(node) !== file.root;
}

const ENDS = /^(return|raise|break|continue)_statement$/;

export function endsBlock(node: SyntaxNode | undefined): boolean {
  return node !== undefined && ENDS.test(node.kind);
}

export const STATEMENT_OPERATORS: readonly Operator[] = [
  {
    id: "delete-statement",
    faultClass: "extra-statement",
    description: "A statement taken out (`pass` when it is the only one)",
    kinds: STATEMENTS,
    *edits(node, file) {
      if (node.kind === "pass_statement" || isDocstring(node)) return;
      const edit = file.layout.remove(node);
      if (edit === null) return;
      const lines = node.endLine - node.line + 1;
      if (lines > 6) return;
      const faultClass =
        node.kind === "return_statement"
          ? "extra-return"
          : node.kind === "if_statement"
            ? "condition-extra"
            : undefined;
      yield draft([edit], 1 / (1 + (lines - 1) / 3), faultClass);
    },
  },
  {
    id: "swap-statements",
    faultClass: "statement-order",
    description: "Two statements exchanged",
    kinds: STATEMENTS,
    *edits(node, file) {
      if (!isInFunction(node, file)) return;
      const siblings = siblingsOf(node);
      const index = siblings.indexOf(node);
      for (const [distance, other] of siblings.slice(index + 1, index + 3).entries()) {
        if (index < 0 || endsBlock(node) || endsBlock(other) || other.text === node.text) continue;
        if (!file.layout.ownsLines(node) || !file.layout.ownsLines(other)) continue;
        const [a, b] = [file.layout.textOf(node), file.layout.textOf(other)];
        yield draft(
          [
            { start: node.start, end: node.start + a.length, text: b },
            { start: other.start, end: other.start + b.length, text: a },
          ],
          distance === 0 ? 1 : 0.5,
        );
      }
    },
  },
  {
    id: "move-statement",
    faultClass: "statement-order",
    description: "A statement further up or down in its block, or into the block beside it",
    kinds: STATEMENTS,
    *edits(node, file) {
      const { layout } = file;
      if (
        !isInFunction(node, file) ||
        !layout.ownsLines(node) ||
        node.endLine - node.line > 4 ||
        layout.holdsMultilineString(node)
      )
        return;
      const siblings = siblingsOf(node);
      const index = siblings.indexOf(node);
      const from = layout.indentOf(node);
      const gone = layout.remove(node);
      if (index < 0 || from === null || gone === null) return;
      const moved = (target: SyntaxNode, side: "before" | "after", weight: number): Draft | null => {
        const to = layout.indentOf(target);
        if (to === null || !layout.ownsLines(target)) return null;
        const lines = layout.block(layout.textOf(node), from, to);
        const edit = side === "before" ? layout.before(target, lines) : layout.after(target, lines);
        return draft(edit.start <= gone.start ? [edit, gone] : [gone, edit], weight);
      };
      for (const offset of [-3, -2, 2, 3]) {
        const target = siblings[index + offset];
        if (target === undefined || (endsBlock(target) && offset > 0) || endsBlock(node)) continue;
        const result = moved(target, offset < 0 ? "before" : "after", 0.5);
        if (result !== null) yield result;
      }
      // Into the neighbouring block: at the start of the next one, at the end of the one before.
      const next = blockOf(siblings[index + 1]);
      const first = next?.namedChildren[0];
      if (first !== undefined && !endsBlock(node)) {
        const result = moved(first, "before", 0.6);
        if (result !== null) yield result;
        const last = next?.namedChildren.at(-1);
        const after = last === undefined || endsBlock(last) ? null : moved(last, "after", 0.4);
        if (after !== null) yield after;
      }
      const previous = blockOf(siblings[index - 1])?.namedChildren.at(-1);
      if (previous !== undefined && !endsBlock(previous)) {
        const result = moved(previous, "after", 0.5);
        if (result !== null) yield result;
      }
      // Out of the block it is in.
      const outer = node.parent === null ? null : enclosingStatement(node.parent);
      if (outer !== null && !outer.kind.endsWith("definition") && !endsBlock(node)) {
        const before = moved(outer, "before", 0.5);
        if (before !== null) yield before;
        if (index < siblings.length - 1 || outer.kind !== "if_statement") {
          const after = moved(outer, "after", 0.5);
          if (after !== null) yield after;
        }
      }
    },
  },
  {
    id: "dedent-statement",
    faultClass: "statement-order",
    description: "The last statements of a block one level further out",
    kinds: STATEMENTS,
    *edits(node, file) {
      const { layout } = file;
      const block = node.parent;
      const outer = block === null ? null : enclosingStatement(block);
      if (block?.kind !== "block" || outer === null || outer.kind.endsWith("definition")) return;
      const siblings = siblingsOf(node);
      const index = siblings.indexOf(node);
      const [from, to] = [layout.indentOf(node), layout.indentOf(outer)];
      if (index < 1 || siblings.length - index > 3 || from === null || to === null || !layout.ownsLines(node)) return;
      const last = siblings.at(-1) ?? node;
      if (layout.endOf(outer) !== layout.endOf(last)) {
        // More branches follow: the statement goes behind all of them.
        if (last !== node || !layout.ownsLines(outer)) return;
        const gone = layout.remove(node);
        if (gone !== null)
          yield draft([gone, layout.after(outer, layout.block(layout.textOf(node), from, to))], 0.5, classOf(node));
        return;
      }
      if (layout.holdsMultilineString(last) || layout.holdsMultilineString(node)) return;
      const { start } = layout.lines(node);
      const { end } = layout.lines(last);
      const text = layout.block(layout.source.slice(node.start, end).replace(/\r?\n$/, ""), from, to);
      yield draft(
        [
          {
            start,
            end,
            text: layout.source.slice(start, end).endsWith("\n") ? text : text.slice(0, -layout.newline.length),
          },
        ],
        1,
        classOf(node),
      );
    },
  },
  {
    id: "indent-statement",
    faultClass: "statement-order",
    description: "A statement drawn into the block before it",
    kinds: STATEMENTS,
    *edits(node, file) {
      const { layout } = file;
      const siblings = siblingsOf(node);
      const index = siblings.indexOf(node);
      const block = lastBlockOf(siblings[index - 1]);
      const last = block?.namedChildren.at(-1);
      const from = layout.indentOf(node);
      if (
        index < 1 ||
        last === undefined ||
        from === null ||
        !layout.ownsLines(node) ||
        layout.holdsMultilineString(node)
      )
        return;
      const to = layout.indentOf(last);
      if (to === null || endsBlock(last) || isDocstring(last)) return;
      const { start, end } = layout.lines(node);
      const text = layout.block(
        layout.textOf(node) + layout.source.slice(layout.endOf(node), end).replace(/\r?\n$/, ""),
        from,
        to,
      );
      yield draft(
        [
          {
            start,
            end,
            text: layout.source.slice(start, end).endsWith("\n") ? text : text.slice(0, -layout.newline.length),
          },
        ],
        1,
        classOf(node),
      );
    },
  },
  {
    id: "duplicate-statement",
    faultClass: "missing-statement",
    description: "A statement of the same function also here",
    kinds: STATEMENTS,
    *edits(node, file) {
      if (!isInFunction(node, file)) return;
      yield* insertions(node, file, "own");
    },
  },
  {
    id: "insert-update",
    faultClass: "missing-statement",
    description: "A counter, collection or state brought up to date",
    kinds: STATEMENTS,
    *edits(node, file) {
      if (!isInFunction(node, file)) return;
      yield* insertions(node, file, "made");
    },
  },
  {
    id: "insert-ingredient",
    faultClass: "missing-statement",
    description: "A statement found elsewhere in the file or the project, one name of it renamed if need be",
    kinds: STATEMENTS,
    *edits(node, file) {
      if (!isInFunction(node, file)) return;
      yield* insertions(node, file, "foreign");
    },
  },
  {
    id: "replace-statement",
    faultClass: "missing-statement",
    description: "Another statement of the function in its place",
    kinds: ["expression_statement", "return_statement"],
    *edits(node, file) {
      if (!isInFunction(node, file) || isDocstring(node)) return;
      const { layout } = file;
      const choices = statementMaterial(node, file, "own", 4).filter((choice) => !choice.text.includes("\n"));
      for (const choice of choices.slice(0, 3))
        yield draft([{ start: node.start, end: layout.endOf(node), text: choice.text }], choice.weight);
    },
  },
];

function classOf(node: SyntaxNode): "extra-return" | "statement-order" {
  return node.kind === "return_statement" ? "extra-return" : "statement-order";
}

function* insertions(node: SyntaxNode, file: PythonFile, from: Material): Generator<Draft> {
  const { layout } = file;
  const indent = layout.indentOf(node);
  if (indent === null || !layout.ownsLines(node)) return;
  const last = siblingsOf(node).at(-1) === node && !endsBlock(node);
  for (const choice of statementMaterial(node, file, from, from === "made" ? 6 : 3)) {
    yield draft([layout.before(node, layout.block(choice.text, "", indent))], choice.weight);
  }
  if (!last) return;
  for (const choice of statementMaterial(node, file, from, from === "made" ? 5 : 3))
    yield draft([layout.after(node, layout.block(choice.text, "", indent))], choice.weight * 0.9);
}

/** The statement that owns a block. */
function enclosingStatement(block: SyntaxNode): SyntaxNode | null {
  for (let at = block.parent; at !== null; at = at.parent) if (isStatement(at)) return at;
  return null;
}

/** The first block of a compound statement. */
function blockOf(node: SyntaxNode | undefined): SyntaxNode | null {
  if (node === undefined || node.kind.endsWith("definition")) return null;
  return node.children.find((child) => child.kind === "block") ?? null;
}

/** The block a compound statement ends with. */
function lastBlockOf(node: SyntaxNode | undefined): SyntaxNode | null {
  if (node === undefined || node.kind.endsWith("definition")) return null;
  const last = node.namedChildren.at(-1);
  if (last?.kind === "block") return last;
  return last !== undefined && last.kind.endsWith("_clause")
    ? (last.children.find((child) => child.kind === "block") ?? null)
    : null;
}
