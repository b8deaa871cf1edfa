import type { Node } from "../../syntax/javascript/ast.ts";
import type { SourceFile } from "../../syntax/javascript/source-file.ts";
import { replace } from "../../syntax/javascript/text-edits.ts";
import { edit } from "../operator.ts";
import { receiver, repeats, type JavaScriptOperator } from "./site.ts";

export const dropCopy: JavaScriptOperator = {
  id: "drop-copy",
  description: "no copy where the original does",
  kinds: ["ArrayExpression", "CallExpression", "ObjectExpression", "NewExpression"],
  *edits(node, file) {
    const original = copyOf(file, node);
    if (original !== null) yield* edit(replace(file.outer(node), original), repeats(node).length > 0 ? 0.7 : 0.4);
  },
};

export const cheaperCopy: JavaScriptOperator = {
  id: "cheaper-copy",
  description: "a copy made by something faster",
  kinds: ["CallExpression"],
  *edits(node, file) {
    if (node.type !== "CallExpression") return;
    const [argument] = node.arguments;
    if (!argument) return;
    const callee = file.text(node.callee);
    let original: string | null = null;
    if (callee === "structuredClone") original = file.text(argument);
    if (
      callee === "JSON.parse" &&
      argument.type === "CallExpression" &&
      file.text(argument.callee) === "JSON.stringify" &&
      argument.arguments[0]
    )
      original = file.text(argument.arguments[0]);
    if (original === null) return;
    yield* edit(replace(node, original), 1);
    yield* edit(replace(node, `[...${original}]`), 0.8);
    yield* edit(replace(node, `({ ...${original} })`), 0.9);
    yield* edit(replace(node, `${original}.map((item) => [...item])`), 0.7);
    yield* edit(replace(node, `${original}.map((item) => ({ ...item }))`), 0.7);
    yield* edit(replace(node, `structuredClone(${original})`), 0.3);
  },
};

export const charactersInPlace: JavaScriptOperator = {
  id: "characters-in-place",
  description: "characters read from the text itself",
  kinds: ["CallExpression", "ArrayExpression"],
  *edits(node, file) {
    let text: string | null = null;
    if (node.type === "CallExpression") {
      const source = receiver(node, /^split$/);
      const separator = node.arguments[0] as Node | undefined;
      if (source !== null && separator?.type === "Literal" && separator.value === "") text = file.operand(source, 16);
      if (file.text(node.callee) === "Array.from" && node.arguments.length === 1 && node.arguments[0])
        text = file.text(node.arguments[0]);
    } else if (node.type === "ArrayExpression") {
      const [only] = node.elements;
      if (node.elements.length === 1 && only?.type === "SpreadElement") text = file.text(only.argument);
    }
    const parent = node.parent;
    if (text === null || parent?.type === "CallExpression") return;
    const reads = parent?.type === "MemberExpression" && parent.parent?.type !== "CallExpression";
    if (reads || parent?.type === "VariableDeclarator" || parent?.type === "ForOfStatement")
      yield* edit(replace(node, text), 0.6);
  },
};

/** What a copy is a copy of; null when the node is no copy. */
export function copyOf(file: SourceFile, node: Node): string | null {
  if (node.type === "ArrayExpression" || node.type === "ObjectExpression") {
    const all: readonly (Node | null)[] = node.type === "ArrayExpression" ? node.elements : node.properties;
    return all.length === 1 && all[0]?.type === "SpreadElement" ? file.text(all[0].argument) : null;
  }
  if (node.type === "CallExpression") {
    const sliced = receiver(node, /^(slice|concat)$/);
    if (sliced !== null && node.arguments.length === 0) return file.text(sliced);
    if (
      /^(Array\.from|structuredClone)$/.test(file.text(node.callee)) &&
      node.arguments.length === 1 &&
      node.arguments[0]
    )
      return file.text(node.arguments[0]);
  }
  return null;
}
