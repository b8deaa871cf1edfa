import { children, type Node } from "../syntax/javascript/ast.ts";
import { SourceFile } from "../syntax/javascript/source-file.ts";
import type { Languages } from "../syntax/languages.ts";
import { pythonTree } from "../syntax/python/language.ts";
import type { SyntaxNode } from "../syntax/python/tree.ts";

/** A node of a syntax tree in no particular language. */
export interface CodeNode {
  /** The grammar's name. */
  readonly kind: string;
  /** What distinguishes it from others of its kind besides its children: the text of a leaf, an operator, `const`. */
  readonly value: string;
  /** What it is for: the variable it is assigned to, the function it is an argument of, `if`, `return`. Empty when nothing says so. */
  readonly name: string;
  /** UTF-16 offsets [start, end) into the text. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly CodeNode[];
  /** True for a list of statements. */
  readonly list: boolean;
}

const LISTS: ReadonlySet<string> = new Set(["Program", "BlockStatement", "StaticBlock", "module", "block"]);

/** Null when the text does not parse, or its language is not known. */
export function codeTree(languages: Languages, text: string, path: string): CodeNode | null {
  const language = languages.of(path);
  if (language === null) return null;
  if (language.id !== "python") {
    const file = SourceFile.parse(text, path);
    return file === null ? null : fromJavaScript(file.program as unknown as Node, text, "");
  }
  const parsed = language.parse(text, path);
  return parsed === null ? null : fromPython(pythonTree(language, parsed), "");
}

/** The largest nodes that lie between two offsets, in order. */
export function nodesBetween(root: CodeNode, start: number, end: number): readonly CodeNode[] {
  if (root.end <= start || root.start >= end) return [];
  if (root.start >= start && root.end <= end && !root.list) return [root];
  return root.children.flatMap((child) => nodesBetween(child, start, end));
}

/** The node and everything below it, parents first. */
export function* below(node: CodeNode): Generator<CodeNode> {
  yield node;
  for (const child of node.children) yield* below(child);
}

function fromJavaScript(node: Node, text: string, name: string): CodeNode {
  const inner = children(node).toSorted((a, b) => a.start - b.start);
  const fields = node as unknown as { operator?: unknown; kind?: unknown; computed?: unknown };
  const own =
    typeof fields.operator === "string" ? fields.operator : typeof fields.kind === "string" ? fields.kind : "";
  return {
    kind: node.type,
    value: inner.length === 0 ? text.slice(node.start, node.end) : own,
    name,
    start: node.start,
    end: node.end,
    children: inner.map((child) => fromJavaScript(child, text, nameInJavaScript(node, child, text) ?? name)),
    list: LISTS.has(node.type),
  };
}

function nameInJavaScript(parent: Node, child: Node, text: string): string | null {
  const textOf = (node: Node): string => text.slice(node.start, node.end);
  switch (parent.type) {
    case "VariableDeclarator":
      return child === parent.init ? textOf(parent.id) : null;
    case "AssignmentExpression":
      return child === parent.right ? textOf(parent.left) : null;
    case "Property":
      return child === parent.value ? textOf(parent.key) : null;
    case "CallExpression":
    case "NewExpression":
      return child === parent.callee ? null : `${textOf(parent.callee)}()`;
    case "ReturnStatement":
      return "return";
    case "IfStatement":
      return child === parent.test ? "if" : "";
    case "WhileStatement":
      return child === parent.test ? "while" : "";
    default:
      return null;
  }
}

function fromPython(node: SyntaxNode, name: string): CodeNode {
  const inner = node.namedChildren;
  // Operators and keywords are children without a name of their own.
  const own = node.children
    .filter((child) => !child.named)
    .map((child) => child.text)
    .join(" ");
  return {
    kind: node.kind,
    value: inner.length === 0 ? node.text : own,
    name,
    start: node.start,
    end: node.end,
    children: inner.map((child) => fromPython(child, nameInPython(node, child) ?? name)),
    list: LISTS.has(node.kind),
  };
}

function nameInPython(parent: SyntaxNode, child: SyntaxNode): string | null {
  switch (parent.kind) {
    case "assignment":
    case "augmented_assignment":
      return child.field === "right" ? (parent.child("left")?.text ?? null) : null;
    case "keyword_argument":
    case "pair":
      return child.field === "value" ? ((parent.child("name") ?? parent.child("key"))?.text ?? null) : null;
    case "call":
      return child.field === "arguments" ? `${parent.child("function")?.text ?? ""}()` : null;
    case "return_statement":
      return "return";
    case "if_statement":
    case "elif_clause":
      return child.field === "condition" ? "if" : "";
    case "while_statement":
      return child.field === "condition" ? "while" : "";
    default:
      return null;
  }
}
