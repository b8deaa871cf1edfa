import { isIterable } from "../guess.ts";
import { top, type Choice, type PythonFile } from "../file.ts";
import { isDocstring } from "../statements.ts";
import type { SyntaxNode } from "../tree.ts";
import { endsBlock } from "./statement.ts";
import { draft, insert, remove, replace, type Draft, type Operator } from "./operator.ts";

/** Values the function around may return: those it returns elsewhere, what it collects, and the plain ones. */
export function returnValues(node: SyntaxNode, file: PythonFile, limit: number): readonly Choice[] {
  const own = file.functionOf(node);
  const choices: Choice[] = [];
  for (const value of file.returnsOf(own)) {
    if (value.text.length < 40 && file.namesOf(value).every((name) => file.isVisible(name, node)))
      choices.push({
        text: value.text,
        weight: /^(none|true|false|integer|list|dictionary|string|identifier|unary_operator)$/.test(value.kind)
          ? 0.9
          : 0.5,
      });
  }
  const returned = file.returnsOf(own);
  const guess = returned[0] === undefined ? "unknown" : file.guess(returned[0]);
  for (const { binding, guess: kind, nearness } of file.variablesAt(node)) {
    if (binding.name === "self" || binding.scope.kind === "module") continue;
    const collected = binding.kind === "local" && binding.initialiser !== null && binding.uses.length > 1;
    const fresh = binding.declaration.parent?.parent === node.parent; // bound in this very block
    choices.push({
      text: binding.name,
      weight: (collected ? 0.75 : fresh ? 0.7 : 0.4) * (0.6 + 0.4 * nearness) * (kind === guess ? 1.2 : 1),
    });
  }
  const plain: readonly (readonly [string, number])[] =
    guess === "bool" ? [["True", 0.9], ["False", 0.9], ["None", 0.3]]
    : guess === "number" ? [["0", 0.8], ["None", 0.5], ["1", 0.4], ["-1", 0.4]]
    : guess === "string" ? [['""', 0.8], ["None", 0.5]]
    : guess === "dict" ? [["{}", 0.8], ["None", 0.5]]
    : isIterable(guess) ? [["[]", 0.8], ["None", 0.5]]
    : [["None", 0.7], ["False", 0.5], ["True", 0.4], ["0", 0.5], ["[]", 0.5], ['""', 0.3], ["{}", 0.2]]; // prettier-ignore
  for (const [text, weight] of plain) choices.push({ text, weight });
  return top(choices, limit);
}

export const CONTROL_OPERATORS: readonly Operator[] = [
  {
    id: "add-return",
    faultClass: "missing-return",
    description: "`return` in front of an expression, in place of an assignment, or at the end of a block",
    kinds: ["expression_statement", "block"],
    *edits(node, file) {
      if (file.functionOf(node) === file.root) return;
      const { layout } = file;
      if (node.kind === "expression_statement") {
        const inner = node.namedChildren[0];
        if (inner === undefined || isDocstring(node) || node.namedChildren.length > 1) return;
        if (!/assignment/.test(inner.kind)) yield insert(node.start, "return ");
        else {
          const right = inner.child("right");
          const last = node.parent?.namedChildren.at(-1) === node;
          if (inner.kind === "assignment" && right !== null && last) yield replace(node, `return ${right.text}`, 0.4);
        }
        return;
      }
      if (node.kind !== "block") return;
      const last = node.namedChildren.at(-1);
      if (last === undefined || endsBlock(last) || last.kind.endsWith("definition") || isDocstring(last)) return;
      const indent = layout.indentOf(last);
      const owner = node.parent?.kind ?? "";
      if (indent === null || !layout.ownsLines(last)) return;
      if (owner === "class_definition") return;
      const body = owner === "function_definition";
      for (const choice of returnValues(last, file, 6))
        yield draft(
          [layout.after(last, layout.block(`return ${choice.text}`, "", indent))],
          choice.weight * (body ? 1 : 0.6),
        );
    },
  },
  {
    id: "remove-return",
    faultClass: "extra-return",
    description: "The value computed but not returned",
    kinds: ["return_statement"],
    *edits(node) {
      const value = node.namedChildren[0];
      if (value?.kind === "call" || value?.kind === "await") yield remove(node.start, value.start, 0.6);
    },
  },
  {
    id: "return-variable",
    faultClass: "missing-return",
    description: "Another value returned",
    kinds: ["return_statement"],
    *edits(node, file) {
      const value = node.namedChildren[0];
      const choices = returnValues(node, file, 7);
      for (const choice of choices) {
        if (value === undefined) yield insert(node.end, ` ${choice.text}`, choice.weight);
        else if (choice.text !== value.text) yield replace(value, choice.text, choice.weight, "wrong-variable");
      }
    },
  },
  {
    id: "return-early",
    faultClass: "missing-return",
    description: "A return after a statement inside of a loop or branch",
    kinds: ["break_statement", "continue_statement", "pass_statement", "raise_statement"],
    *edits(node, file) {
      if (file.functionOf(node) === file.root) return;
      for (const choice of returnValues(node, file, 3)) yield replace(node, `return ${choice.text}`, choice.weight);
    },
  },
  {
    id: "add-break",
    faultClass: "missing-break-continue",
    description: "`break` at the end of a block in a loop",
    kinds: ["block"],
    edits: (node, file) => addJump(node, file, "break"),
  },
  {
    id: "add-continue",
    faultClass: "missing-break-continue",
    description: "`continue` at the end of a block in a loop",
    kinds: ["block"],
    edits: (node, file) => addJump(node, file, "continue"),
  },
  {
    id: "break-to-continue",
    faultClass: "missing-break-continue",
    description: "`continue` for `break` and back",
    kinds: ["break_statement", "continue_statement"],
    *edits(node) {
      yield replace(node, node.kind === "break_statement" ? "continue" : "break");
    },
  },
  {
    id: "return-to-jump",
    faultClass: "extra-return",
    description: "`continue` or `break` where a loop is left by a return, or nothing is done",
    kinds: ["return_statement", "pass_statement"],
    *edits(node, file) {
      if (file.loopOf(node) === null) return;
      const faultClass = node.kind === "pass_statement" ? "missing-break-continue" : undefined;
      yield replace(node, "continue", 0.8, faultClass);
      yield replace(node, "break", 0.8, faultClass);
    },
  },
  {
    id: "remove-break",
    faultClass: "missing-break-continue",
    description: "A jump out of a loop taken away",
    kinds: ["break_statement", "continue_statement"],
    *edits(node, file) {
      const edit = file.layout.remove(node);
      if (edit !== null) yield draft([edit]);
    },
  },
];

function* addJump(block: SyntaxNode, file: PythonFile, word: "break" | "continue"): Generator<Draft> {
  const { layout } = file;
  const last = block.namedChildren.at(-1);
  const loop = file.loopOf(block);
  if (last === undefined || loop === null || endsBlock(last)) return;
  const inLoopItself = block.parent === loop;
  const indent = layout.indentOf(last);
  if (indent === null || !layout.ownsLines(last)) return;
  if (word === "continue" && inLoopItself) return;
  if (last.kind === "pass_statement") {
    yield replace(last, word);
    return;
  }
  yield draft([layout.after(last, layout.block(word, "", indent))], inLoopItself ? 0.2 : 1);
}
