import { PRECEDENCE } from "../precedence.ts";
import type { SyntaxNode } from "../tree.ts";
import { insert, remove, replace, replaceExpression, type Operator } from "./operator.ts";

const COMPARISONS: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  "<": [["<=", 1], [">", 0.6], [">=", 0.5], ["!=", 0.2], ["==", 0.1]],
  "<=": [["<", 1], [">=", 0.6], [">", 0.5], ["==", 0.2]],
  ">": [[">=", 1], ["<", 0.6], ["<=", 0.5], ["!=", 0.2], ["==", 0.1]],
  ">=": [[">", 1], ["<=", 0.6], ["<", 0.5], ["==", 0.2]],
  "==": [["!=", 1], [">=", 0.5], ["<=", 0.5], ["<", 0.3], [">", 0.3], ["in", 0.2]],
  "!=": [["==", 1], ["<", 0.4], [">", 0.4], ["<=", 0.2], [">=", 0.2], ["not in", 0.2]],
  in: [["not in", 1], ["==", 0.3]],
  "not in": [["in", 1], ["!=", 0.3]],
  is: [["is not", 1]],
  "is not": [["is", 1]],
}; // prettier-ignore

/** The operator tokens of a (possibly chained) comparison. */
export function comparisonTokens(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((child) => child.field === "operators");
}

export const COMPARISON_OPERATORS: readonly Operator[] = [
  {
    id: "swap-comparison",
    faultClass: "comparison-operator",
    description: "Another comparison operator",
    kinds: ["comparison_operator"],
    *edits(node, file) {
      const operands = node.namedChildren;
      const tokens = comparisonTokens(node);
      for (const [index, token] of tokens.entries()) {
        const [left, right] = [operands[index], operands[index + 1]];
        if (left === undefined || right === undefined) continue;
        const textual =
          left.kind === "string" ||
          right.kind === "string" ||
          right.kind === "none" ||
          right.kind === "true" ||
          right.kind === "false";
        for (const [text, weight] of COMPARISONS[token.kind] ?? []) {
          if (textual && /^[<>]/.test(text)) continue;
          if (
            text.endsWith("in") &&
            token.kind !== "in" &&
            token.kind !== "not in" &&
            !["list", "set", "dict", "tuple", "string", "iterable", "unknown"].includes(file.guess(right))
          )
            continue;
          yield replace(
            token,
            text,
            weight,
            (token.kind === "in" || token.kind === "not in") && weight === 1 ? "condition-negated" : undefined,
          );
        }
      }
      if (tokens.length > 1 && tokens.every((token) => token.kind === tokens[0]?.kind)) {
        // Both ends of a chain at once: 0 < x < n for 0 <= x <= n.
        const other = COMPARISONS[tokens[0]?.kind ?? ""]?.[0]?.[0];
        if (other !== undefined)
          yield {
            replacements: tokens.map((token) => ({ start: token.start, end: token.end, text: other })),
            weight: 0.4,
          };
      }
    },
  },
  {
    id: "identity-equality",
    faultClass: "comparison-operator",
    description: "`is` for `==` and the other way round",
    kinds: ["comparison_operator"],
    *edits(node) {
      const pairs: Readonly<Record<string, string>> = { "==": "is", "!=": "is not", is: "==", "is not": "!=" };
      for (const token of comparisonTokens(node)) {
        const other = pairs[token.kind];
        const right = node.namedChildren[1];
        if (other === undefined) continue;
        // `x == 3` never wants to be `x is 3`.
        if (
          other.startsWith("is") &&
          /^(integer|float|string|list|dictionary|binary_operator)$/.test(right?.kind ?? "")
        )
          continue;
        yield replace(token, other, other.startsWith("is") ? 0.4 : 0.8);
      }
    },
  },
  {
    id: "none-or-falsy",
    faultClass: "comparison-operator",
    description: "`x is None` for `not x`, `x is not None` for `x`, and back",
    kinds: ["comparison_operator", "not_operator", "identifier", "call", "attribute", "subscript"],
    *edits(node) {
      if (node.kind === "comparison_operator") {
        const [left, right] = node.namedChildren;
        const token = comparisonTokens(node)[0]?.kind;
        if (left === undefined || right === undefined || node.namedChildren.length !== 2) return;
        const empty =
          right.text === "[]" ||
          right.text === '""' ||
          right.text === "''" ||
          right.text === "0" ||
          right.text === "{}" ||
          right.kind === "none" ||
          right.kind === "true" ||
          right.kind === "false";
        if (!empty) return;
        const positive = (token === "is not" || token === "!=") !== (right.kind === "true");
        if (token === "is" || token === "==" || token === "is not" || token === "!=") {
          if (positive) yield replaceExpression(node, left.text, PRECEDENCE.bitOr, 0.8);
          else yield replaceExpression(node, `not ${left.text}`, PRECEDENCE.not, 0.8);
        }
        return;
      }
      if (!isCondition(node)) return;
      if (node.kind === "not_operator") {
        const argument = node.child("argument");
        if (argument === null || !/^(identifier|call|attribute|subscript)$/.test(argument.kind)) return;
        yield replaceExpression(node, `${argument.text} is None`, PRECEDENCE.comparison);
        yield replaceExpression(node, `${argument.text} == 0`, PRECEDENCE.comparison, 0.3);
        yield replaceExpression(node, `${argument.text} is False`, PRECEDENCE.comparison, 0.1);
        return;
      }
      if (node.parent?.kind === "not_operator") return;
      yield replaceExpression(node, `${node.text} is not None`, PRECEDENCE.comparison);
      if (node.kind === "identifier") yield replaceExpression(node, `${node.text} > 0`, PRECEDENCE.comparison, 0.3);
      if (node.kind === "identifier" || node.kind === "attribute")
        yield replaceExpression(node, `len(${node.text}) > 1`, PRECEDENCE.comparison, 0.15);
    },
  },
  {
    id: "key-presence",
    faultClass: "comparison-operator",
    description: "`k in d` for `d.get(k)` in a condition, and back",
    kinds: ["comparison_operator", "call"],
    *edits(node) {
      if (node.kind === "comparison_operator") {
        const [key, container] = node.namedChildren;
        const token = comparisonTokens(node)[0];
        if (
          key === undefined ||
          container === undefined ||
          node.namedChildren.length !== 2 ||
          container.kind !== "identifier"
        )
          return;
        if (token?.kind === "in")
          yield replaceExpression(node, `${container.text}.get(${key.text})`, PRECEDENCE.primary, 0.3);
        if (token?.kind === "not in")
          yield replaceExpression(node, `not ${container.text}.get(${key.text})`, PRECEDENCE.not, 0.3);
        return;
      }
      const callee = node.child("function");
      const [key, more] = node.child("arguments")?.namedChildren ?? [];
      if (
        callee?.kind !== "attribute" ||
        callee.child("attribute")?.text !== "get" ||
        key === undefined ||
        more !== undefined
      )
        return;
      const negated = node.parent?.kind === "not_operator" ? node.parent : null;
      if (!isCondition(negated ?? node)) return;
      yield replaceExpression(
        negated ?? node,
        `${key.text} ${negated ? "not in" : "in"} ${callee.child("object")?.text ?? ""}`,
        PRECEDENCE.comparison,
      );
    },
  },
  {
    id: "chain-comparison",
    faultClass: "boundary",
    description: "One end of a chained comparison taken away, or zero added as the other end",
    kinds: ["comparison_operator"],
    *edits(node, file) {
      const operands = node.namedChildren;
      const tokens = comparisonTokens(node);
      const [first, second, third] = operands;
      if (first === undefined || second === undefined) return;
      if (third !== undefined && operands.length === 3) {
        yield remove(second.end, third.end, 0.6, "condition-extra");
        yield remove(first.start, second.start, 0.6, "condition-extra");
        return;
      }
      const token = tokens[0]?.kind ?? "";
      const numeric =
        first.kind !== "integer" &&
        (file.guess(first) === "number" || file.guess(first) === "unknown") &&
        second.kind !== "string";
      if (!numeric) return;
      if ((token === "<" || token === "<=") && second.text !== "0") {
        yield insert(node.start, "0 <= ", 0.6, "condition-missing");
        yield insert(node.start, "0 < ", 0.4, "condition-missing");
      }
      if ((token === ">" || token === ">=") && second.text !== "0")
        yield insert(node.end, ` ${token} 0`, 0.2, "condition-missing");
    },
  },
];

/** True when the node's truth is what matters: a condition or a part of one. */
export function isCondition(node: SyntaxNode): boolean {
  const parent = node.parent;
  if (parent === null) return false;
  switch (parent.kind) {
    case "if_statement":
    case "elif_clause":
    case "while_statement":
      return node.field === "condition";
    case "conditional_expression":
      return parent.namedChildren[1] === node;
    case "if_clause":
    case "not_operator":
      return true;
    case "assert_statement":
      return parent.namedChildren[0] === node;
    case "boolean_operator":
    case "parenthesized_expression":
      return isCondition(parent) || parent.kind === "boolean_operator";
    default:
      return false;
  }
}
