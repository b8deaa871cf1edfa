import { conditionsAt, negated } from "../conditions.ts";
import type { PythonFile } from "../file.ts";
import { parenthesised, PRECEDENCE, precedenceOf, requiredAt } from "../precedence.ts";
import type { SyntaxNode } from "../tree.ts";
import { isCondition } from "./comparison.ts";
import { draft, exchange, insert, remove, replace, replaceExpression, type Draft, type Operator } from "./operator.ts";

const EXPRESSIONS = [
  "identifier",
  "comparison_operator",
  "boolean_operator",
  "not_operator",
  "call",
  "attribute",
  "subscript",
  "true",
  "false",
  "binary_operator",
  "parenthesized_expression",
] as const;
const COMPREHENSIONS = [
  "list_comprehension",
  "set_comprehension",
  "dictionary_comprehension",
  "generator_expression",
] as const;

/** A whole condition: what stands between `if` and `:`, not a part of it. */
function isWholeCondition(node: SyntaxNode): boolean {
  return (
    isCondition(node) &&
    node.parent?.kind !== "boolean_operator" &&
    node.parent?.kind !== "not_operator" &&
    node.parent?.kind !== "parenthesized_expression"
  );
}

/** A condition whose value is returned or assigned. */
function isBooleanValue(node: SyntaxNode): boolean {
  if (!/^(comparison_operator|boolean_operator|not_operator)$/.test(node.kind)) return false;
  return (
    node.parent?.kind === "return_statement" ||
    (node.parent?.kind === "assignment" && node.field === "right") ||
    (node.parent?.kind === "lambda" && node.field === "body") ||
    node.parent?.kind === "keyword_argument" ||
    node.parent?.kind === "argument_list" ||
    (COMPREHENSIONS as readonly string[]).includes(node.parent?.kind ?? "")
  );
}

function* combine(node: SyntaxNode, file: PythonFile, word: "and" | "or", limit: number): Generator<Draft> {
  const strength = word === "and" ? PRECEDENCE.and : PRECEDENCE.or;
  const required = requiredAt(node);
  const own = parenthesised(node.text, precedenceOf(node), strength);
  for (const choice of conditionsAt(node, file, limit)) {
    const other = parenthesised(choice.text, choice.strength, strength);
    const text = choice.guards && word === "and" ? `${other} and ${own}` : `${own} ${word} ${other}`;
    yield replace(node, parenthesised(text, strength, required), choice.weight);
  }
}

export const CONDITION_OPERATORS: readonly Operator[] = [
  {
    id: "swap-logical",
    faultClass: "logical-operator",
    description: "`or` for `and` and the other way round",
    kinds: ["boolean_operator"],
    *edits(node) {
      const token = node.child("operator");
      if (token === null) return;
      const other = token.kind === "and" ? "or" : "and";
      yield replace(token, other);
      const required = requiredAt(node);
      if (other === "or" && required > PRECEDENCE.or) {
        yield draft(
          [
            { start: node.start, end: node.start, text: "(" },
            { start: token.start, end: token.end, text: other },
            { start: node.end, end: node.end, text: ")" },
          ],
          0.9,
        );
      }
      const left = node.child("left");
      const inner = left?.kind === "boolean_operator" ? left.child("operator") : null;
      if (inner !== null && inner.kind === token.kind)
        yield draft(
          [
            { start: inner.start, end: inner.end, text: other },
            { start: token.start, end: token.end, text: other },
          ],
          0.6,
        );
    },
  },
  {
    id: "remove-negation",
    faultClass: "condition-negated",
    description: "A `not` taken away",
    kinds: ["not_operator"],
    *edits(node) {
      const argument = node.child("argument");
      if (argument !== null) yield replaceExpression(node, argument.text, precedenceOf(argument));
    },
  },
  {
    id: "negate-condition",
    faultClass: "condition-negated",
    description: "The opposite condition",
    kinds: EXPRESSIONS,
    *edits(node) {
      if (!isCondition(node) && !isBooleanValue(node)) return;
      if (
        node.kind === "not_operator" ||
        node.kind === "parenthesized_expression" ||
        node.parent?.kind === "not_operator"
      )
        return;
      const { text, strength } = negated(node);
      yield replaceExpression(node, text, strength, 1);
      if (node.kind === "comparison_operator" && node.namedChildren.length > 2)
        yield replaceExpression(node, `not ${node.text}`, PRECEDENCE.not, 0.8);
    },
  },
  {
    id: "drop-condition-part",
    faultClass: "condition-extra",
    description: "Only one side of `and` or `or`, or a comprehension without its filter",
    kinds: ["boolean_operator", "if_clause"],
    *edits(node) {
      if (node.kind === "if_clause") {
        let start = node.start;
        while (/\s/.test(node.source[start - 1] ?? "")) start--;
        yield remove(start, node.end);
        return;
      }
      const [left, right] = [node.child("left"), node.child("right")];
      if (left === null || right === null) return;
      yield replaceExpression(node, left.text, precedenceOf(left), 1);
      yield replaceExpression(node, right.text, precedenceOf(right), 1);
    },
  },
  {
    id: "strengthen-condition",
    faultClass: "condition-missing",
    description: "`and` with another condition; a filter for a comprehension",
    kinds: [...EXPRESSIONS, ...COMPREHENSIONS],
    *edits(node, file) {
      if ((COMPREHENSIONS as readonly string[]).includes(node.kind)) {
        const clauses = node.namedChildren.filter(
          (child) => child.kind === "for_in_clause" || child.kind === "if_clause",
        );
        const last = clauses.at(-1);
        const body = node.namedChildren[0];
        if (last === undefined || body === undefined || clauses.some((child) => child.kind === "if_clause")) return;
        for (const choice of conditionsAt(body, file, 6))
          yield insert(last.end, ` if ${parenthesised(choice.text, choice.strength, PRECEDENCE.or)}`, choice.weight);
        return;
      }
      if (isWholeCondition(node)) yield* combine(node, file, "and", 8);
      else if (
        node.kind !== "boolean_operator" &&
        (isCondition(node) || isOperandOfReturned(node)) &&
        node.parent?.kind === "boolean_operator"
      )
        yield* combine(node, file, "and", 2);
      else if (isBooleanValue(node)) yield* combine(node, file, "and", 4);
    },
  },
  {
    id: "weaken-condition",
    faultClass: "condition-missing",
    description: "`or` with another condition",
    kinds: EXPRESSIONS,
    *edits(node, file) {
      if (isWholeCondition(node)) yield* combine(node, file, "or", 6);
      else if (
        node.kind !== "boolean_operator" &&
        (isCondition(node) || isOperandOfReturned(node)) &&
        node.parent?.kind === "boolean_operator"
      )
        yield* combine(node, file, "or", 2);
      else if (isBooleanValue(node)) yield* combine(node, file, "or", 3);
    },
  },
  {
    id: "replace-condition",
    faultClass: "condition-missing",
    description: "Another condition of the file in its place",
    kinds: EXPRESSIONS,
    *edits(node, file) {
      if (!isCondition(node) || node.kind === "parenthesized_expression" || node.parent?.kind === "not_operator")
        return;
      for (const choice of conditionsAt(node, file, isWholeCondition(node) ? 5 : 2))
        yield replaceExpression(node, choice.text, choice.strength, choice.weight);
      if (node.parent?.kind === "while_statement" && node.text !== "True") yield replace(node, "True", 0.2);
    },
  },
  {
    id: "boolean-flip",
    faultClass: "constant",
    description: "True for False and the other way round",
    kinds: ["true", "false"],
    *edits(node) {
      yield replace(node, node.kind === "true" ? "False" : "True");
    },
  },
  {
    id: "swap-ternary",
    faultClass: "swapped-branches",
    description: "The two values of `a if c else b` exchanged, or only one of them",
    kinds: ["conditional_expression"],
    *edits(node) {
      const [yes, condition, no] = node.namedChildren;
      if (yes === undefined || no === undefined || condition === undefined) return;
      if (yes.text !== no.text) yield exchange(yes, no);
      yield replaceExpression(node, yes.text, precedenceOf(yes), 0.4, "condition-extra");
      yield replaceExpression(node, no.text, precedenceOf(no), 0.4, "condition-extra");
    },
  },
  {
    id: "add-condition",
    faultClass: "condition-missing",
    description: "A statement that only runs under a condition",
    kinds: ["expression_statement", "return_statement", "raise_statement", "break_statement", "continue_statement"],
    *edits(node, file) {
      const { layout } = file;
      const indent = layout.indentOf(node);
      if (setsUp(node, file)) return;
      if (
        indent === null ||
        !layout.ownsLines(node) ||
        file.functionOf(node) === file.root ||
        layout.holdsMultilineString(node)
      )
        return;
      const { start, end } = layout.lines(node);
      for (const choice of conditionsAt(node, file, 4)) {
        const text =
          layout.block(`if ${choice.text}:`, "", indent) +
          layout.block(layout.source.slice(node.start, end).replace(/\r?\n$/, ""), indent, indent + layout.unit);
        yield draft([{ start, end, text }], choice.weight);
      }
    },
  },
  {
    id: "drop-condition",
    faultClass: "condition-extra",
    description: "The body of an `if` without the `if`",
    kinds: ["if_statement"],
    *edits(node, file) {
      const { layout } = file;
      const body = node.child("consequence");
      const first = body?.namedChildren[0];
      const last = body?.namedChildren.at(-1);
      const [outer, inner] = [layout.indentOf(node), first === undefined ? null : layout.indentOf(first)];
      if (
        first === undefined ||
        last === undefined ||
        outer === null ||
        inner === null ||
        !layout.ownsLines(last) ||
        node.child("alternative") !== null ||
        layout.holdsMultilineString(node)
      )
        return;
      const end = layout.lineAfter(layout.endOf(last));
      const text = layout.source.slice(first.start, end).replace(/\r?\n$/, "");
      yield draft([{ start: layout.lineStart(node.start), end, text: layout.block(text, inner, outer) }]);
    },
  },
];

function isOperandOfReturned(node: SyntaxNode): boolean {
  let at = node.parent;
  while (at?.kind === "boolean_operator") at = at.parent;
  return at?.kind === "return_statement";
}

/** The assignment that first binds a local: under a condition the name might not exist later. */
function setsUp(node: SyntaxNode, file: PythonFile): boolean {
  const assignment = node.namedChildren[0];
  const target = assignment?.kind === "assignment" ? assignment.child("left") : null;
  if (target === null || target.kind === "attribute" || target.kind === "subscript") return false;
  return target.kind !== "identifier" || file.scopes.resolve(target.text, target)?.declaration === assignment;
}
