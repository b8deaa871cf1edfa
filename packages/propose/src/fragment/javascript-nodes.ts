import { isString, staticName, type IdentifierNode, type Node, type NodeOf } from "../syntax/javascript/ast.ts";
import { CALLBACK_METHODS } from "./javascript-methods.ts";

export function isPattern(node: Node): boolean {
  return node.type === "ObjectPattern" || node.type === "ArrayPattern";
}

export function isCallee(node: Node): node is NodeOf<"CallExpression"> | NodeOf<"NewExpression"> {
  return node.type === "CallExpression" || node.type === "NewExpression";
}

export function unwrapped(node: Node): Node {
  return node.type === "ChainExpression" ? unwrapped(node.expression as Node) : node;
}

export function isCallOf(member: NodeOf<"MemberExpression">): boolean {
  const { parent } = member;
  return parent !== undefined && parent !== null && parent.type === "CallExpression" && parent.callee === member;
}

/** A method that lists have too, but called with something else than a function. */
export function isForeign(member: NodeOf<"MemberExpression">, name: string): boolean {
  if (!CALLBACK_METHODS.has(name) || name === "sort" || name === "toSorted") return false;
  const call = member.parent;
  if (call?.type !== "CallExpression") return true;
  const [first] = call.arguments;
  return (
    first === undefined ||
    !["ArrowFunctionExpression", "FunctionExpression", "Identifier", "MemberExpression"].includes(first.type)
  );
}

export function isText(node: Node): boolean {
  return isString(node) || node.type === "TemplateLiteral";
}

export function isAskedFor({ parent }: IdentifierNode): boolean {
  return parent?.type === "UnaryExpression" && parent.operator === "typeof";
}

/** `m` of `o.m` and `o["m"]`. */
export function memberName(node: NodeOf<"MemberExpression">): string | null {
  if (!node.computed) return staticName(node.property as Node);
  return isString(node.property) ? node.property.value : null;
}
