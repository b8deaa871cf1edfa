import type { Node } from "./ast.ts";

const BINARY: Readonly<Record<string, number>> = {
  "??": 3,
  "||": 3,
  "&&": 4,
  "|": 5,
  "^": 6,
  "&": 7,
  "==": 8,
  "!=": 8,
  "===": 8,
  "!==": 8,
  "<": 9,
  "<=": 9,
  ">": 9,
  ">=": 9,
  instanceof: 9,
  in: 9,
  "<<": 10,
  ">>": 10,
  ">>>": 10,
  "+": 11,
  "-": 11,
  "*": 12,
  "/": 12,
  "%": 12,
  "**": 13,
};

/** Binding strength of a binary or logical operator. */
export function operatorPrecedence(operator: string): number {
  return BINARY[operator] ?? 0;
}

export const COMPARISON = 9;
export const EQUALITY = 8;
export const UNARY = 14;
export const POSTFIX = 16;
export const LOGICAL_AND = 4;
export const LOGICAL_OR = 3;
export const ASSIGNMENT = 1;

/** How tightly an expression holds together: an operand weaker than its operator needs parentheses. */
export function precedence(node: Node): number {
  switch (node.type) {
    case "SequenceExpression":
      return 0;
    case "AssignmentExpression":
    case "ArrowFunctionExpression":
    case "YieldExpression":
      return ASSIGNMENT;
    case "ConditionalExpression":
      return 2;
    case "LogicalExpression":
    case "BinaryExpression":
      return operatorPrecedence(node.operator);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return COMPARISON;
    case "UnaryExpression":
    case "AwaitExpression":
      return UNARY;
    case "UpdateExpression":
      return node.prefix ? UNARY : 15;
    case "FunctionExpression":
    case "ClassExpression":
    case "ObjectExpression":
      return POSTFIX;
    default:
      return 17;
  }
}
