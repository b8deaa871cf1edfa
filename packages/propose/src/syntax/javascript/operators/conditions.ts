import type { Node } from "../ast.ts";
import { isCondition } from "../conditions.ts";
import { fitConditions } from "../fitting.ts";
import { round } from "../names.ts";
import { type Alternative, operator } from "../operator.ts";
import { COMPARISON, LOGICAL_AND, LOGICAL_OR, UNARY, precedence } from "../precedence.ts";
import type { SourceFile } from "../source-file.ts";
import { bodyText, ifText, isInsertionPoint, replace } from "../text-edits.ts";
import type { EditContext } from "../../types.ts";
import { presenceChecks } from "./presence.ts";

/** Conditions taken from elsewhere, per site. */
const BORROWED = 5;

const TESTED = [
  "BinaryExpression",
  "LogicalExpression",
  "UnaryExpression",
  "CallExpression",
  "MemberExpression",
  "Identifier",
  "ChainExpression",
  "Literal",
] as const;

/** True when the node is the whole test of something, not an operand in it. */
function isWhole(node: Node): boolean {
  return isCondition(node) && node.parent?.type !== "LogicalExpression" && node.parent?.type !== "UnaryExpression";
}

/** `node` joined with other conditions by && or ||. */
function* joined(node: Node, file: SourceFile, context: EditContext, join: "&&" | "||"): Generator<Alternative> {
  if (!isWhole(node)) return;
  const weakest = join === "&&" ? LOGICAL_AND : LOGICAL_OR;
  const inner = file.isParenthesised(node) ? { start: node.start, end: node.end } : file.outer(node);
  const base = precedence(node) < weakest ? `(${file.text(node)})` : file.text(node);
  for (const check of presenceChecks(node, file, join)) {
    const operand = check.strength < weakest ? `(${check.text})` : check.text;
    yield { replacements: replace(inner, `${operand} ${join} ${base}`), weight: check.weight };
  }
  for (const other of fitConditions(file, node, context, BORROWED)) {
    const operand = other.strength < weakest ? `(${other.text})` : other.text;
    yield { replacements: replace(inner, `${base} ${join} ${operand}`), weight: other.weight };
    if (other.weight < 0.4) continue;
    yield { replacements: replace(inner, `${operand} ${join} ${base}`), weight: round(other.weight * 0.4) };
    const opposite = /^!(?!=)[\w.$(]/.test(other.text)
      ? other.text.slice(1)
      : other.strength >= UNARY
        ? `!${other.text}`
        : `!(${other.text})`;
    yield { replacements: replace(inner, `${base} ${join} ${opposite}`), weight: round(other.weight * 0.5) };
  }
}

export const conditionEdits = [
  operator({
    id: "negate-condition",
    faultClass: "condition-negated",
    description: "the opposite of a condition",
    kinds: TESTED,
    *alternatives(node, file) {
      if (!isCondition(node) || node.type === "Literal") return;
      if (node.type === "UnaryExpression" && node.operator === "!") return;
      if (node.parent?.type === "UnaryExpression") return;
      yield {
        replacements: replace(file.outer(node), `!${file.operand(node, UNARY)}`),
        weight: precedence(node) > COMPARISON ? 1 : 0.5,
      };
    },
  }),
  operator({
    id: "remove-negation",
    faultClass: "condition-negated",
    description: "a ! less",
    kinds: ["UnaryExpression"],
    *alternatives(node, file) {
      if (node.operator !== "!") return;
      yield { replacements: replace(node, file.outerText(node.argument)) };
    },
  }),
  operator({
    id: "drop-condition-part",
    faultClass: "condition-extra",
    description: "one operand of && || ?? alone",
    kinds: ["LogicalExpression"],
    *alternatives(node, file) {
      // The parentheses go with the operator they were written for.
      const outer = file.outer(node);
      const strength = file.isParenthesised(node) ? LOGICAL_OR : 0;
      yield { replacements: replace(outer, file.operand(node.left, strength)) };
      yield { replacements: replace(outer, file.operand(node.right, strength)), weight: 0.8 };
    },
  }),
  operator({
    id: "drop-condition",
    faultClass: "condition-extra",
    description: "a statement without the condition around it",
    kinds: ["IfStatement", "ConditionalExpression"],
    *alternatives(node, file) {
      if (node.type === "ConditionalExpression") {
        yield { replacements: replace(file.outer(node), file.outerText(node.consequent)), weight: 0.5 };
        yield { replacements: replace(file.outer(node), file.outerText(node.alternate)), weight: 0.5 };
        return;
      }
      const chained = node.parent?.type === "IfStatement" && node.parent.alternate === node;
      const body = chained ? file.text(node.consequent) : bodyText(file, node.consequent);
      yield { replacements: replace(node, body), weight: node.alternate ? 0.4 : 0.7 };
      if (node.alternate && !chained)
        yield { replacements: replace(node, bodyText(file, node.alternate)), weight: 0.3 };
    },
  }),
  operator({
    id: "keep-effect",
    faultClass: "condition-extra",
    description: "the call that a condition makes, without the branch",
    kinds: ["IfStatement"],
    *alternatives(node, file) {
      const test = node.test.type === "UnaryExpression" ? node.test.argument : node.test;
      const call = test.type === "BinaryExpression" ? test.left : test;
      if (call.type !== "CallExpression" && call.type !== "AwaitExpression") return;
      if (!isInsertionPoint(node)) return;
      yield { replacements: replace(node, `${file.text(call)}${file.style.semicolon}`), weight: 0.3 };
    },
  }),
  operator({
    id: "replace-condition",
    faultClass: "comparison-operator",
    description: "another condition of the file",
    kinds: TESTED,
    *alternatives(node, file, context) {
      if (!isWhole(node)) return;
      for (const other of fitConditions(file, node, context, BORROWED)) {
        yield { replacements: replace(node, other.text), weight: round(other.weight * 0.5) };
      }
    },
  }),
  operator({
    id: "strengthen-condition",
    faultClass: "condition-missing",
    description: "one more condition that must hold",
    kinds: TESTED,
    alternatives: (node, file, context) => joined(node, file, context, "&&"),
  }),
  operator({
    id: "weaken-condition",
    faultClass: "condition-missing",
    description: "one more condition that suffices",
    kinds: TESTED,
    alternatives: (node, file, context) => joined(node, file, context, "||"),
  }),
  operator({
    id: "add-condition",
    faultClass: "condition-missing",
    description: "a statement only under a condition",
    kinds: ["ExpressionStatement", "ReturnStatement", "ThrowStatement", "ContinueStatement", "BreakStatement"],
    *alternatives(node, file, context) {
      if (!isInsertionPoint(node)) return;
      const text = file.text(node);
      const limit = node.type === "ExpressionStatement" ? 5 : 3;
      const checks = presenceChecks(node, file, "&&").slice(0, 5);
      for (const condition of [...checks, ...fitConditions(file, node, context, limit)]) {
        yield {
          replacements: replace(node, ifText(file, node, condition.text, text)),
          weight: round(condition.weight * 0.7),
        };
      }
    },
  }),
];
