import type { TextEdit } from "@pawl/core";
import {
  ancestors,
  calleeName,
  enclosingFunction,
  isFunction,
  isLoop,
  isReference,
  isStatement,
  statementList,
  type FunctionNode,
  type Node,
  type NodeOf,
} from "../../syntax/javascript/ast.ts";
import type { Binding } from "../../syntax/javascript/scope.ts";
import type { SourceFile } from "../../syntax/javascript/source-file.ts";
import { insertBefore, mentions } from "../../syntax/javascript/text-edits.ts";
import type { SpeedOperator } from "../operator.ts";

export type JavaScriptOperator = SpeedOperator<Node, SourceFile>;

const ITERATES =
  /^(map|filter|forEach|some|every|find|findIndex|findLast|findLastIndex|reduce|reduceRight|sort|toSorted|flatMap|from|replace|replaceAll)$/;
const MUTATES = /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear)$/;

/** `for (let i = a; i ? b; …)`: its variable, where that begins, and its test; null for other loops. */
export function countedLoop(loop: NodeOf<"ForStatement">): {
  readonly name: string;
  readonly from: Node;
  readonly test: NodeOf<"BinaryExpression">;
} | null {
  const { init, test } = loop;
  if (init?.type !== "VariableDeclaration" || test?.type !== "BinaryExpression") return null;
  const variable = init.declarations[0];
  if (variable?.id.type !== "Identifier" || !variable.init) return null;
  return { name: variable.id.name, from: variable.init, test };
}

/** What runs again and again around a node, innermost first: loops, functions handed to `map` and its like, and functions inside of others. */
export function repeats(node: Node): Node[] {
  const found: Node[] = [];
  let child = node;
  for (const ancestor of ancestors(node)) {
    if (isLoop(ancestor)) {
      const once =
        (ancestor.type === "ForStatement" && ancestor.init === child) ||
        ((ancestor.type === "ForOfStatement" || ancestor.type === "ForInStatement") && ancestor.right === child);
      if (!once) found.push(ancestor);
    } else if (isFunction(ancestor)) {
      const call = ancestor.parent;
      const isCallback = call?.type === "CallExpression" && ITERATES.test(calleeName(call) ?? "");
      if (isCallback && (call.arguments as readonly Node[]).includes(ancestor)) found.push(call);
      // A function inside of another may be called many times, and what it shares with the others belongs outside.
      else if (enclosingFunction(ancestor) !== null) found.push(ancestor);
      else return found;
    }
    child = ancestor;
  }
  return found;
}

/** Identifiers inside of a node that read or write a variable, with what they are bound to. */
export function references(
  file: SourceFile,
  node: Node,
): { readonly name: string; readonly binding: Binding | null }[] {
  const found: { name: string; binding: Binding | null }[] = [];
  for (const inner of file.within(node)) {
    if (inner.type === "ThisExpression") found.push({ name: "this", binding: null });
    if (inner.type !== "Identifier" || !isReference(inner)) continue;
    found.push({ name: inner.name, binding: file.scopes.resolve(inner) });
  }
  return found;
}

export function isInside(inner: { start: number; end: number }, outer: { start: number; end: number }): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True when the variable is given another value within the region. */
export function isAssignedIn(binding: Binding, region: Node): boolean {
  return binding.references.some((use) => isInside(use, region) && isWrite(use));
}

/** True when the variable's value is changed within the region: an element set, or something like `push`. */
export function isMutatedIn(binding: Binding, region: Node): boolean {
  return binding.references.some((use) => {
    if (!isInside(use, region)) return false;
    let at: Node = use;
    while (at.parent?.type === "MemberExpression" && at.parent.object === at) at = at.parent;
    if (at === use) return false;
    if (isWrite(at)) return true;
    return at.parent?.type === "CallExpression" && at.parent.callee === at && MUTATES.test(calleeName(at.parent) ?? "");
  });
}

function isWrite(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === "AssignmentExpression") return parent.left === node;
  if (parent?.type === "ForOfStatement" || parent?.type === "ForInStatement") return parent.left === node;
  return parent?.type === "UpdateExpression";
}

/** True when an expression means the same on every turn of the region, as far as its variables tell. */
export function isInvariant(file: SourceFile, node: Node, region: Node): boolean {
  return references(file, node).every(({ binding }) => {
    if (binding === null) return true;
    // Bound by the expression itself: a parameter of a callback in it.
    if (isInside(binding.identifier, node)) return true;
    if (isInside(binding.identifier, region)) return false;
    return !isAssignedIn(binding, region) && !isMutatedIn(binding, region);
  });
}

/** The regions around a node outside of which an expression can be computed: the outermost first, then the innermost. */
export function invariantRegions(file: SourceFile, expressions: readonly Node[], node: Node): Node[] {
  const around = repeats(node);
  const usable = around.slice(
    0,
    1 + around.findLastIndex((region) => expressions.every((one) => isInvariant(file, one, region))),
  );
  const good = usable.filter((region) => expressions.every((one) => isInvariant(file, one, region)));
  const [inner] = good;
  const outer = good.at(-1);
  return inner === undefined || outer === undefined ? [] : inner === outer ? [outer] : [outer, inner];
}

/** Statements (lines without indentation) that run before the region starts; wraps an arrow function's expression in a block where it has to. */
export function before(file: SourceFile, region: Node, lines: readonly string[]): TextEdit[] | null {
  let child = region;
  for (let at: Node | null = region; at !== null; at = at.parent ?? null) {
    if (isStatement(at) && statementList(at) !== null)
      return insertBefore(file, at, lines.join(`${file.style.eol}${file.indentAt(at.start)}`));
    if (at.type === "ArrowFunctionExpression" && at.body === child && at.body.type !== "BlockStatement") {
      const { start, end } = file.outer(at.body);
      const base = file.indentAt(at.start);
      const inside = `${file.style.eol}${base}${file.style.indent}`;
      const { semicolon, eol } = file.style;
      return [
        { start, end: start, text: `{${inside}${lines.join(inside)}${inside}return ` },
        { start: end, end, text: `${semicolon}${eol}${base}}` },
      ];
    }
    child = at;
  }
  return null;
}

/** A name that the file does not use. */
export function freshName(file: SourceFile, wanted: string): string {
  const base = wanted.replaceAll(/[^\w$]/g, "");
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}${n}`;
    if (!mentions(file.source, name)) return name;
  }
}

/** Short name for what an expression holds: `words` of `words`, `ids` of `options.ids`. */
export function nameOf(file: SourceFile, node: Node): string {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression" && !node.computed && node.property.type === "Identifier")
    return node.property.name;
  if (node.type === "CallExpression") return calleeName(node) ?? "value";
  return /^[a-z]\w*$/i.test(file.text(node)) ? file.text(node) : "values";
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The object a method is called on, when the call is `object.method(…)`. */
export function receiver(call: Node, method?: RegExp): Node | null {
  if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression" || call.callee.computed) return null;
  if (method !== undefined && !method.test(calleeName(call) ?? "")) return null;
  return call.callee.object;
}

/** A callback `(item, index) => expression` (or a block that only returns). */
export function simpleCallback(
  node: Node | undefined,
): { readonly item: string; readonly index: string | null; readonly value: Node; readonly node: FunctionNode } | null {
  if (node === undefined || !isFunction(node) || node.async || node.generator) return null;
  const [first, second, third] = node.params;
  if (first?.type !== "Identifier" || third !== undefined) return null;
  if (second !== undefined && second.type !== "Identifier") return null;
  const body = node.body;
  if (!body) return null;
  let value: Node = body;
  if (body.type === "BlockStatement") {
    const only = body.body[0];
    if (body.body.length !== 1 || only?.type !== "ReturnStatement" || !only.argument) return null;
    value = only.argument;
  }
  return { item: first.name, index: second?.name ?? null, value, node };
}

/** The parts of `a && b && c`. */
export function conjuncts(node: Node): Node[] {
  return node.type === "LogicalExpression" && node.operator === "&&"
    ? [...conjuncts(node.left), ...conjuncts(node.right)]
    : [node];
}

/** An equality with one side of the variable's alone and the other without it: `item.id === id`; or a sum that has to be something. */
export function keyedEquality(
  file: SourceFile,
  condition: Node,
  variable: string,
): { readonly own: Node; readonly key: string; readonly other: readonly Node[] } | null {
  if (condition.type !== "BinaryExpression" || !/^===?$/.test(condition.operator)) return null;
  const speaks = (node: Node): boolean => references(file, node).some(({ name }) => name === variable);
  const { left, right } = condition as NodeOf<"BinaryExpression">;
  if (left.type === "PrivateIdentifier") return null;
  const [own, other] = speaks(left) ? [left, right] : [right, left];
  if (!speaks(own) || speaks(other)) return null;
  if (own.type === "BinaryExpression" && own.operator === "+") {
    const [mine, rest] = speaks(own.left) ? [own.left, own.right] : [own.right, own.left];
    if (!speaks(rest))
      return { own: mine, key: `${file.operand(other, 12)} - ${file.operand(rest, 13)}`, other: [other, rest] };
  }
  return { own, key: file.text(other), other: [other] };
}
