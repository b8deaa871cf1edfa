import { top, type Choice } from "../file.ts";
import { operatorPrecedence, precedenceOf, PRECEDENCE, requiredAt } from "../precedence.ts";
import type { SyntaxNode } from "../tree.ts";
import { draft, operatorToken, replace, replaceExpression, type Draft, type Operator } from "./operator.ts";

type Alternatives = Readonly<Record<string, readonly (readonly [string, number])[]>>;

const ARITHMETIC: Alternatives = {
  "+": [["-", 1], ["*", 0.4]],
  "-": [["+", 1], ["*", 0.2], ["%", 0.1]],
  "*": [["+", 0.6], ["/", 0.6], ["//", 0.5], ["**", 0.4], ["-", 0.2]],
  "/": [["//", 1], ["*", 0.6], ["%", 0.3]],
  "//": [["/", 1], ["%", 0.8], ["*", 0.5]],
  "%": [["//", 1], ["/", 0.3], ["*", 0.2]],
  "**": [["*", 1]],
}; // prettier-ignore

const BITWISE: Alternatives = {
  "&": [["|", 1], ["^", 0.6], ["-", 0.2]],
  "|": [["&", 1], ["^", 0.8], ["+", 0.2]],
  "^": [["|", 1], ["&", 0.8], ["**", 0.3]],
  "<<": [[">>", 1]],
  ">>": [["<<", 1]],
}; // prettier-ignore

const ASSIGNMENT: Alternatives = {
  "+=": [["-=", 1], ["=", 0.8], ["*=", 0.4]],
  "-=": [["+=", 1], ["=", 0.6]],
  "*=": [["+=", 0.7], ["/=", 0.6], ["//=", 0.5], ["=", 0.5], ["**=", 0.2]],
  "/=": [["//=", 1], ["*=", 0.7], ["=", 0.3], ["-=", 0.2]],
  "//=": [["/=", 1], ["%=", 0.7], ["-=", 0.4], ["*=", 0.3], ["=", 0.3]],
  "%=": [["//=", 1], ["=", 0.3], ["-=", 0.3]],
  "**=": [["*=", 1]],
  "&=": [["|=", 1], ["^=", 0.6], ["-=", 0.3], ["=", 0.3]],
  "|=": [["&=", 1], ["^=", 0.6], ["=", 0.6]],
  "^=": [["|=", 1], ["&=", 0.6]],
  "<<=": [[">>=", 1]],
  ">>=": [["<<=", 1]],
}; // prettier-ignore

function* swapToken(node: SyntaxNode, table: Alternatives): Generator<Draft> {
  const token = operatorToken(node);
  if (token === null) return;
  for (const [text, weight] of table[token.kind] ?? []) {
    // A weaker operator keeps the operands together only with parentheses around the whole; without them the tree changes shape, which is a different edit.
    const needs = node.kind === "binary_operator" && operatorPrecedence(text) < requiredAt(node);
    if (needs)
      yield draft(
        [
          { start: node.start, end: node.start, text: "(" },
          { start: token.start, end: token.end, text },
          { start: node.end, end: node.end, text: ")" },
        ],
        weight,
      );
    else yield replace(token, text, weight);
  }
}

function isText(node: SyntaxNode | null): boolean {
  return node?.kind === "string" || node?.kind === "concatenated_string";
}

export const ARITHMETIC_OPERATORS: readonly Operator[] = [
  {
    id: "swap-arithmetic",
    faultClass: "arithmetic-operator",
    description: "Another arithmetic operator",
    kinds: ["binary_operator"],
    *edits(node) {
      if (isText(node.child("left")) || isText(node.child("right"))) return;
      yield* swapToken(node, ARITHMETIC);
    },
  },
  {
    id: "swap-bitwise",
    faultClass: "arithmetic-operator",
    description: "Another bitwise or set operator",
    kinds: ["binary_operator"],
    edits: (node) => swapToken(node, BITWISE),
  },
  {
    id: "swap-assignment-operator",
    faultClass: "arithmetic-operator",
    description: "Another assignment operator: += for -=, = for +=",
    kinds: ["augmented_assignment", "assignment"],
    *edits(node, file) {
      if (node.kind === "augmented_assignment") {
        yield* swapToken(node, ASSIGNMENT);
        return;
      }
      const left = node.child("left");
      const right = node.child("right");
      const equals = node.children.find((child) => child.kind === "=");
      if (
        left === null ||
        right === null ||
        equals === undefined ||
        node.child("type") !== null ||
        left.kind === "pattern_list"
      )
        return;
      const binding = left.kind === "identifier" ? file.scopes.resolve(left.text, left) : null;
      const known = left.kind === "identifier" ? binding !== null && binding.availableFrom <= node.start : true;
      if (!known || right.kind === "none" || right.kind === "true" || right.kind === "false") return;
      yield replace(equals, "+=", 0.8);
      const guess = file.guess(right);
      if (guess === "number" || guess === "unknown") {
        yield replace(equals, "-=", 0.3);
        yield replace(equals, "*=", 0.2);
      }
      if (guess === "set") yield replace(equals, "|=", 0.5);
    },
  },
  {
    id: "swap-operands",
    faultClass: "arithmetic-operator",
    description: "The operands of an operator whose order matters, exchanged",
    kinds: ["binary_operator"],
    *edits(node, file) {
      const [left, right, token] = [node.child("left"), node.child("right"), operatorToken(node)];
      if (left === null || right === null || token === null) return;
      const ordered = ["-", "/", "//", "%", "**", "<<", ">>"].includes(token.kind);
      const joined = token.kind === "+" && !["number", "unknown"].includes(file.guess(node));
      if ((!ordered && !joined) || (isText(left) && token.kind === "%")) return;
      const own = precedenceOf(node);
      const wrap = (text: string, strength: number, least: number): string => (strength < least ? `(${text})` : text);
      yield draft([
        { start: left.start, end: left.end, text: wrap(right.text, precedenceOf(right), own) },
        { start: right.start, end: right.end, text: wrap(left.text, precedenceOf(left), own + 1) },
      ]);
    },
  },
  {
    id: "drop-operand",
    faultClass: "arithmetic-operator",
    description: "Only one operand of an arithmetic expression",
    kinds: ["binary_operator"],
    *edits(node) {
      const [left, right] = [node.child("left"), node.child("right")];
      if (left === null || right === null || (isText(left) && operatorToken(node)?.kind === "%")) return;
      const constant = right.kind === "integer" || right.kind === "float";
      yield replaceExpression(
        node,
        left.text,
        precedenceOf(left),
        constant ? 1 : 0.6,
        constant ? "boundary" : "arithmetic-operator",
      );
      if (!constant) yield replaceExpression(node, right.text, precedenceOf(right), 0.4);
    },
  },
  {
    id: "flip-sign",
    faultClass: "arithmetic-operator",
    description: "A minus sign taken away or put in front",
    kinds: ["unary_operator", "identifier", "call", "subscript", "attribute", "integer", "float"],
    *edits(node, file) {
      if (node.kind === "unary_operator") {
        const argument = node.child("argument");
        if (argument !== null && operatorToken(node)?.kind === "-") yield replace(node, argument.text);
        return;
      }
      const parent = node.parent;
      const place = parent?.kind ?? "";
      const result =
        /^(return_statement|argument_list|assignment|tuple|expression_list|conditional_expression|augmented_assignment)$/.test(
          place,
        ) && node.field !== "left";
      const keyed = place === "lambda" && node.field === "body";
      if (!result && !keyed) return;
      if (node.text === "0" || node.text === "0.0") return;
      const guess = file.guess(node);
      if (guess === "number") yield replaceExpression(node, `-${node.text}`, PRECEDENCE.unary, 0.6);
      else if (guess === "unknown" && (keyed || parent?.parent?.kind === "lambda"))
        yield replaceExpression(node, `-${node.text}`, PRECEDENCE.unary, 0.8);
    },
  },
  {
    id: "round-division",
    faultClass: "boundary",
    description: "A whole-number division rounded up instead of down",
    kinds: ["binary_operator"],
    *edits(node) {
      const [left, right, token] = [node.child("left"), node.child("right"), operatorToken(node)];
      if (left === null || right === null || token?.kind !== "//") return;
      const [numerator, divisor] = [left.text, right.text];
      const grouped = precedenceOf(left) < PRECEDENCE.sum ? `(${numerator})` : numerator;
      if (right.kind === "integer") yield replace(left, `(${grouped} + ${Number(divisor) - 1})`, 0.8);
      else if (left.kind !== "parenthesized_expression") yield replace(left, `(${grouped} + ${divisor} - 1)`, 0.8);
      yield replaceExpression(
        node,
        `-(-${precedenceOf(left) < PRECEDENCE.unary ? `(${numerator})` : numerator} // ${divisor})`,
        PRECEDENCE.unary,
        0.6,
      );
    },
  },
  {
    id: "add-operand",
    faultClass: "arithmetic-operator",
    description:
      "A variable in scope added to, subtracted from or multiplied with a number; one added to a recursive call",
    kinds: ["identifier", "call", "binary_operator", "subscript", "attribute"],
    *edits(node, file) {
      const parent = node.parent;
      const place =
        parent?.kind === "return_statement" ||
        ((parent?.kind === "assignment" || parent?.kind === "augmented_assignment") && node.field === "right");
      const own = file.functionOf(node);
      if (!place || own === file.root) return;
      if (node.kind === "call" && node.child("function")?.text === own.child("name")?.text) {
        yield replaceExpression(node, `1 + ${node.text}`, PRECEDENCE.sum, 0.6);
        yield replaceExpression(node, `${node.text} + 1`, PRECEDENCE.sum, 0.6);
      }
      if (file.guess(node) !== "number" && parent?.kind !== "augmented_assignment") return;
      const inside = new Set(file.namesOf(node));
      const others: Choice[] = file
        .variablesAt(node)
        .filter(
          ({ binding, guess }) =>
            (guess === "number" || guess === "unknown") &&
            !inside.has(binding.name) &&
            !/^(self|cls|_)$/.test(binding.name) &&
            binding.name !== parent?.child("left")?.text,
        )
        .map(({ binding, guess, nearness }) => ({
          text: binding.name,
          weight: nearness * (guess === "number" ? 1 : 0.5),
        }));
      for (const [index, { text, weight }] of top(others, 3).entries()) {
        const sum = precedenceOf(node) < PRECEDENCE.product ? `(${node.text})` : node.text;
        yield replaceExpression(node, `${sum} * ${text}`, PRECEDENCE.product, weight * 0.5);
        if (index > 1) continue;
        yield replaceExpression(node, `${node.text} + ${text}`, PRECEDENCE.sum, weight * 0.4);
        yield replaceExpression(node, `${node.text} - ${text}`, PRECEDENCE.sum, weight * 0.4);
      }
    },
  },
];
