import {
  type Node,
  ancestors,
  enclosingFunction,
  enclosingLoop,
  isFunction,
  isStatement,
  statementList,
} from "../ast.ts";
import { fitStatements, isCopyable } from "../fitting.ts";
import { round } from "../names.ts";
import { operator } from "../operator.ts";
import type { SourceFile } from "../source-file.ts";
import { exchange, insertAfter, insertBefore, isInsertionPoint, removalSpan, remove, replace } from "../text-edits.ts";
import { updates } from "./updates.ts";

/** Statements taken from elsewhere, per gap. */
const BORROWED = 5;
/** Updates of variables in scope, per gap. */
const UPDATES = 6;
/** How many places a statement may move up or down. */
const FURTHEST = 3;

const MOVABLE = [
  "ExpressionStatement",
  "IfStatement",
  "ReturnStatement",
  "ThrowStatement",
  "VariableDeclaration",
  "ForStatement",
  "ForOfStatement",
  "WhileStatement",
  "BreakStatement",
  "ContinueStatement",
] as const;

/** True when nothing else needs the names that the statement declares. */
function isRemovable(node: Node, file: SourceFile): boolean {
  if (node.type !== "VariableDeclaration") return true;
  return file.scopes.bindings.every(
    (binding) => !node.declarations.includes(binding.declaration as never) || binding.references.length === 0,
  );
}

/** The statement's text with a line break and the indentation of its new place. */
function moved(file: SourceFile, node: Node, to: Node): string {
  const from = file.indentAt(node.start);
  const target = file.indentAt(to.start);
  return file.text(node).replaceAll(`\n${from}`, `\n${target}`);
}

export const statementEdits = [
  operator({
    id: "delete-statement",
    faultClass: "extra-statement",
    description: "a statement less",
    kinds: [...MOVABLE, "ForInStatement", "TryStatement", "DoWhileStatement", "SwitchStatement"],
    *alternatives(node, file) {
      if (!enclosingFunction(node) || !isRemovable(node, file)) return;
      const small = node.end - node.start < 120;
      const conditional = node.parent?.type === "IfStatement" && node.parent.alternate === node;
      if (conditional) return;
      yield { replacements: remove(file, node), weight: small ? 1 : 0.3 };
    },
  }),
  operator({
    id: "swap-statements",
    faultClass: "statement-order",
    description: "two neighbouring statements exchanged",
    kinds: MOVABLE,
    *alternatives(node, file) {
      const list = statementList(node);
      if (!list || !enclosingFunction(node)) return;
      const next = list[list.indexOf(node) + 1];
      if (next && isStatement(next) && !isFunction(next)) yield { replacements: exchange(file, node, next) };
    },
  }),
  operator({
    id: "move-statement",
    faultClass: "statement-order",
    description: "a statement a few places up or down, into or out of a block",
    kinds: MOVABLE,
    *alternatives(node, file) {
      const list = statementList(node);
      if (!list || !isInsertionPoint(node)) return;
      const gone = { ...removalSpan(file, node), text: "" };
      const at = list.indexOf(node);
      const place = (edits: { start: number; end: number; text: string }[], weight: number) => {
        const all = [...edits, gone].sort((a, b) => a.start - b.start);
        return { replacements: all, weight };
      };
      for (let step = 2; step <= FURTHEST; step += 1) {
        const before = list[at - step];
        if (before) yield place(insertBefore(file, before, moved(file, node, before)), 0.6 / step);
        const after = list[at + step];
        if (after) yield place(insertAfter(file, after, moved(file, node, after)), 0.6 / step);
      }
      // Out of the block it stands in, to both sides of the statement that holds the block.
      const holder = node.parent
        ? [...ancestors(node)].find((ancestor) => isStatement(ancestor) && ancestor.type !== "BlockStatement")
        : undefined;
      if (
        holder &&
        isStatement(holder) &&
        !isFunction(holder) &&
        isInsertionPoint(holder) &&
        enclosingFunction(holder) === enclosingFunction(node)
      ) {
        const only = list.length === 1 ? 0.5 : 1;
        const jumps = node.type === "BreakStatement" || node.type === "ContinueStatement";
        if (!jumps || enclosingLoop(holder)) {
          yield place(
            insertAfter(file, holder, moved(file, node, holder)),
            (node.type === "ReturnStatement" ? 0.9 : 0.6) * only,
          );
          if (node.type !== "ReturnStatement")
            yield place(insertBefore(file, holder, moved(file, node, holder)), 0.6 * only);
        }
      }
      // Into the blocks of the neighbours: at the end of the previous one, at the start of the next one.
      for (const [neighbour, atEnd] of [
        [list[at - 1], true],
        [list[at + 1], false],
      ] as const) {
        for (const block of neighbour ? blocksOf(neighbour) : []) {
          const anchor = atEnd ? block.at(-1) : block[0];
          if (!anchor || node.type === "VariableDeclaration") continue;
          const edits = atEnd
            ? insertAfter(file, anchor, moved(file, node, anchor))
            : insertBefore(file, anchor, moved(file, node, anchor));
          yield place(edits, 0.4);
        }
      }
    },
  }),
  operator({
    id: "duplicate-statement",
    faultClass: "missing-statement",
    description: "a statement once more, at once or after the block it stands in",
    kinds: ["ExpressionStatement"],
    *alternatives(node, file) {
      const list = statementList(node);
      if (!list || !enclosingFunction(node) || node.end - node.start > 100) return;
      yield { replacements: insertAfter(file, node, file.text(node)), weight: 0.2 };
      for (const holder of ancestors(node)) {
        if (isFunction(holder)) return;
        if (!isStatement(holder) || holder.type === "BlockStatement" || !isInsertionPoint(holder)) continue;
        const names = file.freeNames(node);
        const visible = new Set(file.scopes.visible(holder).map((binding) => binding.name));
        if (names.every((name) => name === "this" || visible.has(name))) {
          yield {
            replacements: insertAfter(file, holder, file.text(node)),
            weight: holder.type === "IfStatement" ? 0.3 : 0.8,
          };
        }
        if (holder.type !== "IfStatement") return;
      }
    },
  }),
  operator({
    id: "insert-ingredient",
    faultClass: "missing-statement",
    description: "a statement written elsewhere in the project",
    kinds: [...MOVABLE, "ForInStatement", "TryStatement", "SwitchStatement"],
    *alternatives(node, file, context) {
      if (!isInsertionPoint(node)) return;
      for (const piece of fitStatements(file, node, context, BORROWED)) {
        yield { replacements: insertBefore(file, node, piece.text), weight: round(piece.weight * 0.8) };
      }
      if (statementList(node)?.at(-1) !== node || node.type === "ReturnStatement" || node.type === "ThrowStatement")
        return;
      for (const piece of fitStatements(file, node, context, BORROWED)) {
        yield { replacements: insertAfter(file, node, piece.text), weight: round(piece.weight * 0.8) };
      }
    },
  }),
  operator({
    id: "insert-update",
    faultClass: "missing-statement",
    description: "a counter, collection or state brought up to date",
    kinds: [...MOVABLE, "ForInStatement", "TryStatement", "SwitchStatement"],
    *alternatives(node, file) {
      if (!isInsertionPoint(node)) return;
      const likely = updates(file, node).slice(0, UPDATES);
      for (const update of likely) yield { replacements: insertBefore(file, node, update.text), weight: update.weight };
      const jumps = /^(Return|Throw|Break|Continue)Statement$/.test(node.type);
      if (jumps || statementList(node)?.at(-1) !== node) return;
      for (const update of likely) yield { replacements: insertAfter(file, node, update.text), weight: update.weight };
    },
  }),
  operator({
    id: "replace-statement",
    faultClass: "missing-statement",
    description: "a statement written elsewhere instead of this one",
    kinds: ["ExpressionStatement", "ReturnStatement", "ThrowStatement", "BreakStatement", "ContinueStatement"],
    *alternatives(node, file, context) {
      if (!enclosingFunction(node) || !isCopyable(node)) return;
      for (const piece of fitStatements(file, node, context, 4)) {
        yield { replacements: replace(node, piece.text), weight: round(piece.weight * 0.5) };
      }
    },
  }),
];

/** Lists of statements directly inside of a compound statement. */
function blocksOf(node: Node): (readonly Node[])[] {
  const body = (inner: Node | null | undefined): (readonly Node[])[] =>
    inner?.type === "BlockStatement" ? [inner.body] : [];
  switch (node.type) {
    case "IfStatement":
      return [
        ...body(node.consequent),
        ...(node.alternate?.type === "IfStatement" ? blocksOf(node.alternate) : body(node.alternate)),
      ];
    case "ForStatement":
    case "ForOfStatement":
    case "ForInStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      return body(node.body);
    case "TryStatement":
      return [...body(node.block), ...body(node.handler?.body), ...body(node.finalizer)];
    default:
      return [];
  }
}
