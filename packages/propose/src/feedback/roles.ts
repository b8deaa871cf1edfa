import { enclosingFunction, enclosingLoop, isLoop, type Node } from "../syntax/javascript/ast.ts";
import { SourceFile } from "../syntax/javascript/source-file.ts";
import type { Languages } from "../syntax/languages.ts";
import { pythonTree } from "../syntax/python/language.ts";
import type { SyntaxNode } from "../syntax/python/tree.ts";

/** What a line is there for, as its syntax alone tells. */
export const ROLES = ["loop-bound", "accumulator", "initial-value", "guard", "base-case", "result"] as const;
export type Role = (typeof ROLES)[number];

export interface RoleOfLine {
  readonly role: Role;
  /** 1-based. */
  readonly line: number;
}

/** Roles of the lines of a source; a line may have several, and most have none. Empty for a source that does not parse. */
export function rolesOf(languages: Languages, source: string, path: string): RoleOfLine[] {
  const language = languages.of(path);
  const parsed = language?.parse(source, path) ?? null;
  if (language === null || parsed === null) return [];
  const found = language.id === "python" ? inPython(pythonTree(language, parsed)) : inJavascript(source, path);
  const keys = new Set<string>();
  return found.filter(({ role, line }) => {
    const key = `${role} ${line}`;
    return !keys.has(key) && keys.add(key) !== undefined;
  });
}

function inJavascript(source: string, path: string): RoleOfLine[] {
  const file = SourceFile.parse(source, path);
  if (file === null) return [];
  const roles: RoleOfLine[] = [];
  const add = (role: Role, node: Node): void => void roles.push({ role, line: file.lineOf(node.start) });
  const accumulated = new Set<string>();
  for (const node of file.nodes) {
    if (isLoop(node)) add("loop-bound", node);
    const target = accumulatedBy(node, file);
    if (target !== null && enclosingLoop(node) !== null) {
      add("accumulator", node);
      accumulated.add(target);
    }
    if (node.type === "IfStatement" && leaves(node.consequent))
      add(recursive(node, file) ? "base-case" : "guard", node);
    if (node.type === "ReturnStatement") add("result", node);
  }
  for (const node of file.nodes)
    if (
      node.type === "VariableDeclarator" &&
      node.init &&
      node.id.type === "Identifier" &&
      accumulated.has(node.id.name)
    )
      add("initial-value", node);
  return roles;
}

/** The name of what a node adds to; null when it adds to nothing. */
function accumulatedBy(node: Node, file: SourceFile): string | null {
  if (node.type === "UpdateExpression") return file.text(node.argument);
  if (node.type === "AssignmentExpression") {
    const left = file.text(node.left);
    return node.operator !== "=" || file.text(node.right).includes(left) ? (left.split(/[.[]/)[0] as string) : null;
  }
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return null;
  const { object, property } = node.callee;
  const name = property.type === "Identifier" ? property.name : "";
  return /^(?:push|unshift|add|set)$/.test(name) ? file.text(object) : null;
}

function leaves(node: Node): boolean {
  const last = node.type === "BlockStatement" ? (node.body.at(-1) as Node | undefined) : node;
  return last !== undefined && /^(?:Return|Throw|Continue|Break)Statement$/.test(last.type);
}

/** The function around the node calls itself. */
function recursive(node: Node, file: SourceFile): boolean {
  const around = enclosingFunction(node);
  const name = around?.type === "FunctionDeclaration" ? around.id?.name : undefined;
  if (around === null || name === undefined) return false;
  return file.nodes.some(
    (each) =>
      each.type === "CallExpression" &&
      each.callee.type === "Identifier" &&
      each.callee.name === name &&
      around.start < each.start &&
      each.end <= around.end,
  );
}

const LOOPS = ["for_statement", "while_statement"];

function inPython(root: SyntaxNode): RoleOfLine[] {
  const roles: RoleOfLine[] = [];
  const add = (role: Role, { line }: SyntaxNode): void => void roles.push({ role, line });
  const nodes = root.walk();
  const accumulated = new Set<string>();
  for (const node of nodes) {
    const { kind } = node;
    if (LOOPS.includes(kind)) add("loop-bound", node);
    const target = addedTo(node);
    if (target !== null && node.ancestor(...LOOPS) !== null) {
      add("accumulator", node);
      accumulated.add(target);
    }
    if (kind === "if_statement") {
      const last = node.child("consequence")?.namedChildren.at(-1)?.kind ?? "";
      if (/^(?:return|raise|continue|break)_statement$/.test(last))
        add(callsItself(node) ? "base-case" : "guard", node);
    }
    if (kind === "return_statement") add("result", node);
  }
  for (const node of nodes)
    if (
      node.kind === "assignment" &&
      node.ancestor(...LOOPS) === null &&
      accumulated.has(node.child("left")?.text ?? "")
    )
      add("initial-value", node);
  return roles;
}

function addedTo(node: SyntaxNode): string | null {
  if (node.kind === "augmented_assignment") return node.child("left")?.text.split(/[.[]/)[0] ?? null;
  if (node.kind === "assignment") {
    const left = node.child("left")?.text ?? "";
    return left !== "" && node.child("right")?.text.includes(left) === true ? left : null;
  }
  if (node.kind !== "call") return null;
  const [, name] = /^(.+)\.(?:append|add|extend|insert|update)$/.exec(node.child("function")?.text ?? "") ?? [];
  return name ?? null;
}

function callsItself(node: SyntaxNode): boolean {
  const around = node.ancestor("function_definition");
  const name = around?.child("name")?.text;
  if (around === null || name === undefined) return false;
  return around.walk().some((each) => each.kind === "call" && each.child("function")?.text === name);
}
