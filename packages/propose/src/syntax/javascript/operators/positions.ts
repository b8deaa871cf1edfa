import { type Node, enclosingClass, staticName } from "../ast.ts";
import type { SourceFile } from "../source-file.ts";

/** True where a value is handed on: initialisers, results, arguments, operands, elements. */
export function isValuePosition(node: Node): boolean {
  const parent = node.parent;
  switch (parent?.type) {
    case "VariableDeclarator":
      return parent.init === node;
    case "AssignmentExpression":
      return parent.right === node;
    case "ReturnStatement":
    case "SpreadElement":
    case "ArrayExpression":
    case "TemplateLiteral":
    case "AwaitExpression":
      return true;
    case "BinaryExpression":
      return true;
    case "CallExpression":
    case "NewExpression":
      return parent.callee !== node;
    case "ArrowFunctionExpression":
      return parent.body === node;
    case "ForOfStatement":
      return parent.right === node;
    case "Property":
      return parent.value === node && !parent.shorthand && parent.parent?.type === "ObjectExpression";
    case "ConditionalExpression":
      return parent.test !== node;
    case "MemberExpression":
      return parent.computed && parent.property === node;
    default:
      return false;
  }
}

/** `this.m` for the methods of the class at the node that take this many values. */
export function ownMethods(node: Node, file: SourceFile, parameters: number): string[] {
  const home = file.hasThis(node) ? enclosingClass(node) : null;
  const found: string[] = [];
  for (const member of home?.body.body ?? []) {
    if (member.type !== "MethodDefinition" || member.kind !== "method" || member.static) continue;
    if (member.value.params.length !== parameters || (member.start <= node.start && node.end <= member.end)) continue;
    const name = staticName(member.key);
    if (name !== null) found.push(`this.${name}`);
  }
  return found.slice(0, 4);
}
