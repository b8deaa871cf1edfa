import type { PythonFile } from "../file.ts";
import type { SyntaxNode } from "../tree.ts";
import { draft, exchange, remove, replace, type Draft, type Operator } from "./operator.ts";

export const BRANCH_OPERATORS: readonly Operator[] = [
  {
    id: "swap-branches",
    faultClass: "swapped-branches",
    description: "The bodies of two branches, or what two branches return, exchanged",
    kinds: ["if_statement"],
    *edits(node, file) {
      const blocks = [
        node.child("consequence"),
        ...node.namedChildren
          .filter((child) => /^(elif|else)_clause$/.test(child.kind))
          .map((clause) => clause.children.find((child) => child.kind === "block") ?? null),
      ];
      for (let index = 0; index + 1 < blocks.length; index++) {
        for (const other of index === 0 && blocks.length > 2 ? [index + 1, blocks.length - 1] : [index + 1]) {
          const [a, b] = [blocks[index], blocks[other]];
          if (a && b) yield* exchangeBlocks(a, b, file);
        }
      }
      // if c: return a      →  if c: return b
      // return b               return a
      const then = blocks[0]?.namedChildren.at(-1);
      const siblings = node.parent?.namedChildren ?? [];
      const next = siblings[siblings.indexOf(node) + 1];
      if (
        blocks.length === 1 &&
        then?.kind === "return_statement" &&
        next?.kind === "return_statement" &&
        then.text !== next.text
      )
        yield exchange(then, next);
      if (blocks.length === 1 && then?.kind === "return_statement" && next?.kind === "if_statement") {
        const second = next.child("consequence")?.namedChildren.at(-1);
        if (second?.kind === "return_statement" && second.text !== then.text) yield exchange(then, second, 0.5);
      }
      const conditions = [node, ...node.namedChildren.filter((child) => child.kind === "elif_clause")].map((owner) =>
        owner.child("condition"),
      );
      for (let index = 0; index + 1 < conditions.length; index++) {
        const [a, b] = [conditions[index], conditions[index + 1]];
        if (a && b) yield exchange(a, b, 0.5);
      }
    },
  },
  {
    id: "remove-else",
    faultClass: "condition-extra",
    description: "The body of `else` always run; an `else` or `elif` taken away",
    kinds: ["else_clause", "elif_clause"],
    *edits(node, file) {
      const { layout } = file;
      const body = node.children.find((child) => child.kind === "block");
      const [first, last] = [body?.namedChildren[0], body?.namedChildren.at(-1)];
      const owner = node.parent;
      if (first === undefined || last === undefined || owner === null || first.line === node.line) return;
      const [outer, inner] = [layout.indentOf(node), layout.indentOf(first)];
      if (outer === null || inner === null || !layout.ownsLines(last) || layout.holdsMultilineString(node)) return;
      const start = layout.lineStart(node.start);
      const end = layout.lineAfter(layout.endOf(last));
      const text = layout.source.slice(first.start, end).replace(/\r?\n$/, "");
      // Only the last branch can be taken out of its chain.
      if (node.kind === "else_clause") yield draft([{ start, end, text: layout.block(text, inner, outer) }]);
      yield remove(start, end, 0.4);
    },
  },
  {
    id: "add-else",
    faultClass: "swapped-branches",
    description: "`else` or `elif` for statements that should not follow a branch; `if` for `elif`",
    kinds: ["if_statement", "elif_clause", "for_statement", "while_statement"],
    *edits(node, file) {
      const { layout } = file;
      if (node.kind === "elif_clause") {
        const keyword = node.children[0];
        if (keyword !== undefined) yield replace(keyword, "if", 0.8);
        return;
      }
      const siblings = node.parent?.namedChildren ?? [];
      const next = siblings[siblings.indexOf(node) + 1];
      const indent = layout.indentOf(node);
      if (
        next === undefined ||
        indent === null ||
        !layout.ownsLines(next) ||
        layout.holdsMultilineString(next) ||
        next.kind.endsWith("definition")
      )
        return;
      if (node.child("alternative") !== null && node.namedChildren.at(-1)?.kind === "else_clause") return;
      if (node.kind === "if_statement" && next.kind === "if_statement" && next.children[0] !== undefined)
        yield replace(next.children[0], "elif", 0.8);
      const { start, end } = layout.lines(next);
      const body = layout.source.slice(next.start, end).replace(/\r?\n$/, "");
      yield draft(
        [{ start, end, text: layout.block("else:", "", indent) + layout.block(body, indent, indent + layout.unit) }],
        node.kind === "if_statement" ? 0.8 : 0.5,
      );
    },
  },
  {
    id: "unwrap-try",
    faultClass: "exception-handling",
    description: "The body of a `try` without the `try`",
    kinds: ["try_statement"],
    *edits(node, file) {
      const { layout } = file;
      const body = node.child("body");
      const [first, last] = [body?.namedChildren[0], body?.namedChildren.at(-1)];
      const [outer, inner] = [layout.indentOf(node), first === undefined ? null : layout.indentOf(first)];
      if (
        first === undefined ||
        last === undefined ||
        outer === null ||
        inner === null ||
        !layout.ownsLines(last) ||
        layout.holdsMultilineString(node)
      )
        return;
      const end = layout.lineAfter(layout.endOf(last));
      const { start, end: stop } = layout.lines(node);
      yield draft([
        {
          start,
          end: stop,
          text: layout.block(layout.source.slice(first.start, end).replace(/\r?\n$/, ""), inner, outer),
        },
      ]);
    },
  },
  {
    id: "increment-placement",
    faultClass: "statement-order",
    description: "A counter's step moved to the end of its loop, or out of the branch it is in",
    kinds: ["while_statement", "for_statement"],
    *edits(node, file) {
      const { layout } = file;
      const body = node.child("body");
      const last = body?.namedChildren.at(-1);
      const indent = last === undefined ? null : layout.indentOf(last);
      if (body === null || last === undefined || indent === null || !layout.ownsLines(last)) return;
      for (const step of body.walk()) {
        if (
          step.kind !== "expression_statement" ||
          step.namedChildren[0]?.kind !== "augmented_assignment" ||
          step === last ||
          file.loopOf(step) !== node
        )
          continue;
        const gone = layout.remove(step);
        if (gone === null || last.contains(step) || !layout.ownsLines(step)) continue;
        yield draft([gone, layout.after(last, layout.block(step.text, "", indent))], 0.8);
      }
    },
  },
];

function* exchangeBlocks(a: SyntaxNode, b: SyntaxNode, file: PythonFile): Generator<Draft> {
  const { layout } = file;
  const [firstA, lastA, firstB, lastB] = [
    a.namedChildren[0],
    a.namedChildren.at(-1),
    b.namedChildren[0],
    b.namedChildren.at(-1),
  ];
  if (!firstA || !lastA || !firstB || !lastB) return;
  const [indentA, indentB] = [layout.indentOf(firstA), layout.indentOf(firstB)];
  const [endA, endB] = [layout.endOf(lastA), layout.endOf(lastB)];
  const [textA, textB] = [layout.source.slice(firstA.start, endA), layout.source.slice(firstB.start, endB)];
  if (textA === textB || indentA !== indentB) return;
  yield draft([
    { start: firstA.start, end: endA, text: textB },
    { start: firstB.start, end: endB, text: textA },
  ]);
}
