import { isNumber, isReference, type Node, type NodeOf } from "../syntax/javascript/ast.ts";
import { kindOf, literalOf } from "./javascript-constants.ts";
import { isAskedFor, isText, unwrapped } from "./javascript-nodes.ts";
import type { ShapeNode } from "./shape-graph.ts";

const NUMERIC = new Set(["-", "*", "/", "%", "**", "<", ">", "<=", ">=", "|", "&", "^", "<<", ">>", ">>>"]);
const EQUALITY = new Set(["===", "==", "!==", "!="]);

/** Where values go in a program. */
export interface ValueFlow {
  /** The shape of an expression that something undefined may flow into; null where nothing does. */
  of(node: Node | null | undefined): ShapeNode | null;
  /** Joins what a pattern declares with the parts of a value. */
  destructure(pattern: Node, value: ShapeNode): void;
  text(node: Node): string;
}

/** Writes down what an operator, a statement or a call says about the values in it. */
export function noteUse(node: Node, flow: ValueFlow): void {
  switch (node.type) {
    case "Identifier":
    case "MemberExpression":
    case "ThisExpression":
    case "VariableDeclarator":
      // `typeof` of what is not defined is no error.
      if (node.type === "Identifier" && (!isReference(node) || isAskedFor(node))) return;
      if (node.type === "VariableDeclarator") {
        const value = flow.of(node.init);
        if (value !== null) flow.destructure(node.id, value);
      } else flow.of(node);
      return;
    case "CallExpression":
    case "NewExpression":
      flow.of(node);
      noteCall(node, flow);
      return;
    case "BinaryExpression":
      return noteOperator(node, flow);
    case "UpdateExpression":
      return flow.of(node.argument)?.hint("number", 2);
    case "UnaryExpression":
      if (node.operator === "-" || node.operator === "+" || node.operator === "~")
        flow.of(node.argument)?.hint("number", 1);
      if (node.operator === "!") flow.of(node.argument)?.hint("boolean", 0.2);
      return;
    case "AssignmentExpression":
      return noteAssignment(node, flow);
    case "ForOfStatement": {
      const list = flow.of(node.right);
      if (list === null) return;
      list.hint("list", 2);
      const { left } = node;
      const target = left.type === "VariableDeclaration" ? left.declarations[0]?.id : left;
      if (target !== undefined) flow.destructure(target as Node, list.element);
      return;
    }
    case "ForInStatement":
      return flow.of(node.right)?.hint("dictionary", 2);
    case "SpreadElement":
      return flow.of(node.argument)?.hint(node.parent?.type === "ObjectExpression" ? "record" : "list", 1.5);
    case "IfStatement":
    case "WhileStatement":
    case "ConditionalExpression":
      return flow.of(node.test)?.hint("boolean", 0.2);
    case "SwitchStatement":
      for (const { test } of node.cases) if (test !== null) literalOf(test, flow.of(node.discriminant), 1);
      return;
    case "ClassDeclaration":
    case "ClassExpression":
      return flow.of(node.superClass)?.hint("error", 9);
    default:
  }
}

function noteCall(node: NodeOf<"CallExpression"> | NodeOf<"NewExpression">, flow: ValueFlow): void {
  const callee = unwrapped(node.callee);
  const [first] = node.arguments as readonly Node[];
  const argument = flow.of(first);
  const text = callee.type === "Identifier" || callee.type === "MemberExpression" ? flow.text(callee) : "";
  if (/^Math\.|^Number$|^isNaN$|^Number\.isInteger$/.test(text)) argument?.hint("number", 2);
  else if (/^(?:parseInt|parseFloat|JSON\.parse|encodeURIComponent|decodeURIComponent|String\.raw|URL)$/.test(text))
    argument?.hint("string", 2);
  else if (/^Object\.(?:keys|values|entries|assign|freeze)$/.test(text)) argument?.hint("dictionary", 1.5);
  else if (/^(?:Array\.from|Array\.isArray|Set|Promise\.all(?:Settled)?)$/.test(text)) argument?.hint("list", 1.5);
  else if (/^(?:setTimeout|setInterval|queueMicrotask|setImmediate)$/.test(text)) argument?.hint("function", 2);
  if (text.startsWith("Math.")) for (const other of node.arguments.slice(1)) flow.of(other as Node)?.hint("number", 2);
}

function noteOperator(node: NodeOf<"BinaryExpression">, flow: ValueFlow): void {
  const [left, right] = [node.left as Node, node.right];
  const sides = [
    [left, right],
    [right, left],
  ] as const;
  for (const [side, other] of sides) {
    const shape = flow.of(side);
    if (shape === null) continue;
    if (EQUALITY.has(node.operator)) literalOf(other, shape, 1.5);
    else if (NUMERIC.has(node.operator)) {
      if (isText(other)) shape.hint("string", 1.5);
      else shape.hint("number", node.operator.length === 1 && "<>".includes(node.operator) ? 1 : 1.5);
      if (isNumber(other)) shape.literals.push(other.value);
    } else if (node.operator === "+") {
      if (isNumber(other)) shape.hint("number", 1.5);
      else if (isText(other)) shape.hint("string", 0.4);
      else shape.hint("number", 0.3);
    }
  }
  if (node.operator === "in") flow.of(right)?.hint("dictionary", 2);
  if (node.operator === "instanceof") flow.of(right)?.hint("function", 3);
}

function noteAssignment(node: NodeOf<"AssignmentExpression">, flow: ValueFlow): void {
  const target = node.left as Node;
  if (node.operator === "=") {
    const value = flow.of(node.right);
    if (target.type === "ObjectPattern" || target.type === "ArrayPattern") {
      if (value !== null) flow.destructure(target, value);
    } else if (value === null) {
      const into = flow.of(target);
      if (into !== null) kindOf(node.right, into, 0.5);
    } else flow.of(target)?.join(value);
    return;
  }
  const shape = flow.of(target);
  if (node.operator === "+=") {
    if (shape !== null) kindOf(node.right, shape, 1);
    if (shape !== null && !isText(node.right)) shape.hint("number", 0.6);
  } else if (/^[-*/%]/.test(node.operator)) {
    shape?.hint("number", 2);
    flow.of(node.right)?.hint("number", 1.5);
  }
}
