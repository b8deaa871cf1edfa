import { type Node, ancestors, isFunction } from "./ast.ts";
import { precedence } from "./precedence.ts";
import type { SourceFile } from "./source-file.ts";

/** A condition of the file (or another one), as text that may be used elsewhere. */
export interface Condition {
  readonly text: string;
  readonly freeNames: readonly string[];
  readonly strength: number;
  /** Null for conditions from other files. */
  readonly node: Node | null;
  /** 1-based; 0 for conditions from other files. */
  readonly line: number;
}

/** Longest condition worth carrying elsewhere, in characters. */
const LONGEST = 90;

/** True when the node decides something: a test, a negated operand, an operand of && or || in a test. */
export function isCondition(node: Node): boolean {
  const parent = node.parent;
  if (!parent) return false;
  switch (parent.type) {
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "ForStatement":
    case "ConditionalExpression":
      return parent.test === node;
    case "LogicalExpression":
      return parent.operator !== "??" && (parent.left === node || isBoolean(node) || isCondition(parent));
    case "UnaryExpression":
      return parent.operator === "!";
    case "ArrowFunctionExpression":
      return parent.body === node && (isBoolean(node) || isPredicate(parent));
    case "ReturnStatement":
      return isBoolean(node) || isInPredicate(parent);
    default:
      return false;
  }
}

/** True for expressions that are booleans by their form. */
export function isBoolean(node: Node): boolean {
  switch (node.type) {
    case "BinaryExpression":
      return /^([=!]==?|[<>]=?|in|instanceof)$/.test(node.operator);
    case "UnaryExpression":
      return node.operator === "!";
    case "LogicalExpression":
      return node.operator !== "??" && (isBoolean(node.left) || isBoolean(node.right));
    case "Literal":
      return typeof node.value === "boolean";
    case "CallExpression":
      return (
        node.callee.type === "MemberExpression" &&
        !node.callee.computed &&
        node.callee.property.type === "Identifier" &&
        /^(is[A-Z]\w*|has|has[A-Z]\w*|includes|startsWith|endsWith|test|some|every)$/.test(node.callee.property.name)
      );
    default:
      return false;
  }
}

/** A callback of filter, find, some, every: what it returns is a condition. */
function isPredicate(callback: Node): boolean {
  const call = callback.parent;
  return (
    call?.type === "CallExpression" &&
    call.arguments[0] === callback &&
    call.callee.type === "MemberExpression" &&
    call.callee.property.type === "Identifier" &&
    /^(filter|find|findIndex|findLast|findLastIndex|some|every)$/.test(call.callee.property.name)
  );
}

function isInPredicate(node: Node): boolean {
  for (const ancestor of ancestors(node)) if (isFunction(ancestor)) return isPredicate(ancestor);
  return false;
}

export function collectConditions(file: SourceFile): Condition[] {
  const found = new Map<string, Condition>();
  for (const node of file.nodes) {
    if (!isCondition(node) || node.type === "Literal" || node.end - node.start > LONGEST) continue;
    const text = file.text(node);
    if (text.includes("\n") || found.has(text)) continue;
    found.set(text, {
      text,
      freeNames: file.freeNames(node),
      strength: precedence(node),
      node,
      line: file.lineOf(node.start),
    });
  }
  return [...found.values()];
}
