import { calleeName, isFunction, type FunctionNode, type Node } from "../../syntax/javascript/ast.ts";
import type { SourceFile } from "../../syntax/javascript/source-file.ts";
import { replace } from "../../syntax/javascript/text-edits.ts";
import { edit } from "../operator.ts";
import { receiver, type JavaScriptOperator } from "./site.ts";

/** `[...xs, a, ...b]` or `xs.concat(…)`: the list that grows and what is added, as arguments of `push`. */
function grownBy(file: SourceFile, node: Node): { readonly list: string; readonly added: readonly string[] } | null {
  if (node.type === "ArrayExpression") {
    const [first, ...rest] = node.elements;
    if (first?.type !== "SpreadElement" || rest.length === 0) return null;
    return {
      list: file.text(first.argument),
      added: [rest.map((item) => (item === null ? "undefined" : file.text(item))).join(", ")],
    };
  }
  const list = receiver(node, /^concat$/);
  const [item] = node.type === "CallExpression" ? node.arguments : [];
  if (list === null || !item || node.type !== "CallExpression" || node.arguments.length !== 1) return null;
  if (item.type === "ArrayExpression")
    return {
      list: file.text(list),
      added: [item.elements.map((each) => (each === null ? "undefined" : file.text(each))).join(", ")],
    };
  return { list: file.text(list), added: [`...${file.text(item)}`, file.text(item)] };
}

export const appendInPlace: JavaScriptOperator = {
  id: "append-in-place",
  description: "items pushed onto a list instead of a new list made for each",
  kinds: ["AssignmentExpression", "ArrayExpression", "CallExpression"],
  *edits(node, file) {
    const { semicolon, eol, indent } = file.style;
    if (node.type === "AssignmentExpression") {
      const grown = node.operator === "=" ? grownBy(file, node.right) : null;
      if (grown === null || grown.list !== file.text(node.left)) return;
      for (const added of grown.added) yield* edit(replace(node, `${grown.list}.push(${added})`));
      return;
    }
    // return [...acc, x] in a callback of reduce
    const grown = grownBy(file, node);
    const home = reducerOf(node);
    if (grown === null || home === null || home.params[0]?.type !== "Identifier" || home.params[0].name !== grown.list)
      return;
    for (const added of grown.added) {
      if (node.parent === home) {
        const base = file.indentAt(home.start);
        const lines = `${eol}${base}${indent}`;
        yield* edit(
          replace(
            file.outer(node),
            `{${lines}${grown.list}.push(${added})${semicolon}${lines}return ${grown.list}${semicolon}${eol}${base}}`,
          ),
        );
      } else yield* edit(replace(node, `(${grown.list}.push(${added}), ${grown.list})`));
    }
  },
};

export const assignInPlace: JavaScriptOperator = {
  id: "assign-in-place",
  description: "a property set instead of a new object made for each",
  kinds: ["ObjectExpression", "CallExpression"],
  *edits(node, file) {
    let object: string | null = null;
    let rest = "";
    if (node.type === "ObjectExpression") {
      const [first, ...others] = node.properties;
      if (first?.type !== "SpreadElement" || others.length === 0) return;
      object = file.text(first.argument);
      rest = `{ ${others.map((each) => file.text(each)).join(", ")} }`;
      const [only] = others;
      if (others.length === 1 && only?.type === "Property") {
        const key = only.computed
          ? `[${file.text(only.key)}]`
          : only.key.type === "Identifier"
            ? `.${file.text(only.key)}`
            : `[${file.text(only.key)}]`;
        yield* inPlace(
          `(${object}${key} = ${file.text(only.value)}, ${object})`,
          `${object}${key} = ${file.text(only.value)}`,
        );
        return;
      }
    } else if (
      node.type === "CallExpression" &&
      file.text(node.callee) === "Object.assign" &&
      node.arguments.length === 3
    ) {
      const [empty, first, second] = node.arguments as readonly Node[];
      if (empty?.type !== "ObjectExpression" || empty.properties.length > 0 || !first || !second) return;
      object = file.text(first);
      rest = file.text(second);
    }
    if (object !== null) yield* inPlace(`Object.assign(${object}, ${rest})`, `Object.assign(${object}, ${rest})`);

    function* inPlace(expression: string, statement: string): ReturnType<JavaScriptOperator["edits"]> & Generator {
      const parent = node.parent;
      if (parent?.type === "AssignmentExpression" && file.text(parent.left) === object)
        yield* edit(replace(parent, statement));
      else if (reducerOf(node) !== null) yield* edit(replace(file.outer(node), expression));
    }
  },
};

/** The function of a `reduce` that returns the node. */
function reducerOf(node: Node): FunctionNode | null {
  let at: Node | undefined | null = node.parent;
  while (
    at?.type === "ConditionalExpression" ||
    at?.type === "ReturnStatement" ||
    at?.type === "BlockStatement" ||
    at?.type === "IfStatement"
  )
    at = at.parent;
  const call = at?.parent;
  return at && isFunction(at) && call?.type === "CallExpression" && calleeName(call) === "reduce" ? at : null;
}
