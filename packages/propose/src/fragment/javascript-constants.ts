import { isFunction, isNumber, isString, type Node } from "../syntax/javascript/ast.ts";
import { isText } from "./javascript-nodes.ts";
import type { ShapeNode } from "./shape-graph.ts";

/** Takes the kind of a constant over. */
export function kindOf(node: Node, shape: ShapeNode, weight = 1): void {
  if (isNumber(node)) shape.hint("number", weight);
  else if (isText(node)) shape.hint("string", weight);
  else if (node.type === "Literal" && typeof node.value === "boolean") shape.hint("boolean", weight);
  else if (node.type === "ArrayExpression") shape.hint("list", weight);
  else if (node.type === "ObjectExpression") shape.hint("record", weight);
  else if (isFunction(node)) shape.hint("function", weight);
}

/** The same, and remembers the constant itself. */
export function literalOf(node: Node, shape: ShapeNode | null, weight: number): void {
  if (shape === null) return;
  if (isNumber(node) || isString(node)) {
    shape.literals.push(node.value);
    shape.hint(isNumber(node) ? "number" : "string", weight);
  } else kindOf(node, shape, weight);
}
