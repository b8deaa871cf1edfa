import { isDocstring } from "../syntax/python/statements.ts";
import type { SyntaxNode } from "../syntax/python/tree.ts";
import { constantSignature, type Definition, type Import } from "./definition.ts";

/** Classes, functions, methods and top-level constants of a Python file, in source order. */
export function pythonDefinitions(root: SyntaxNode, path: string): readonly Definition[] {
  return root.walk().flatMap((node): Definition[] => {
    if (node.kind === "assignment") return constant(node, path);
    if (node.kind !== "class_definition" && node.kind !== "function_definition") return [];
    const name = node.child("name")?.text;
    const body = node.child("body");
    if (name === undefined || body === null) return [];
    const decorated = node.parent?.kind === "decorated_definition" ? node.parent : null;
    const owner = node.kind === "class_definition" ? null : ownerOf(node);
    const docstring = body.namedChildren[0];
    return [
      {
        path,
        kind: node.kind === "class_definition" ? "class" : owner === null ? "function" : "method",
        name,
        owner,
        line: (decorated ?? node).line,
        endLine: lastLine(body),
        signature: oneLine(node.source.slice(node.start, body.start)).replace(/\s*:\s*(?:#.*)?$/, ""),
        decorators: (decorated?.namedChildren ?? []).flatMap((each) =>
          each.kind === "decorator" ? [each.text.split("\n")[0] as string] : [],
        ),
        docs:
          docstring !== undefined && isDocstring(docstring)
            ? oneLine(docstring.text.replace(/^\w*("""|'''|"|')|("""|'''|"|')$/g, " "))
            : commentsAbove(node.source, (decorated ?? node).start),
        returns: node.kind === "class_definition" ? [] : returnsOf(body),
      },
    ];
  });
}

function constant(node: SyntaxNode, path: string): Definition[] {
  const statement = node.parent;
  const name = node.child("left");
  if (statement?.parent?.kind !== "module" || name?.kind !== "identifier") return [];
  return [
    {
      path,
      kind: "constant",
      name: name.text,
      owner: null,
      line: node.line,
      endLine: node.endLine,
      signature: constantSignature(node.text),
      decorators: [],
      docs: commentsAbove(node.source, node.start),
      returns: [],
    },
  ];
}

export function pythonImports(root: SyntaxNode): readonly Import[] {
  return root.walk().flatMap((node): Import[] => {
    if (node.kind === "import_statement")
      return node.namedChildren.map((each) => ({ from: plain(each), names: [], line: node.line }));
    if (node.kind !== "import_from_statement") return [];
    const from = node.child("module_name");
    const names = node.namedChildren.filter((each) => each.field === "name").map(plain);
    return [{ from: from?.text ?? "", names, line: node.line }];
  });
}

/** `a` of `a as b`. */
function plain(node: SyntaxNode): string {
  return node.kind === "aliased_import" ? (node.child("name")?.text ?? "") : node.text;
}

/** The class whose body the function stands in; null in modules and in other functions. */
function ownerOf(node: SyntaxNode): string | null {
  const home = node.ancestor("class_definition", "function_definition");
  return home?.kind === "class_definition" ? (home.child("name")?.text ?? null) : null;
}

function returnsOf(body: SyntaxNode): readonly string[] {
  const found: string[] = [];
  const visit = (node: SyntaxNode): void => {
    if (/^(?:function_definition|class_definition|lambda)$/.test(node.kind)) return;
    const value = node.kind === "return_statement" ? node.namedChildren[0] : undefined;
    if (value !== undefined) found.push(oneLine(value.text));
    for (const child of node.children) visit(child);
  };
  visit(body);
  return [...new Set(found)];
}

/** The last line with something on it: the grammar lets a block reach up to the next statement. */
function lastLine(body: SyntaxNode): number {
  const blank = body.text.length - body.text.trimEnd().length;
  return body.endLine - (body.text.slice(body.text.length - blank).match(/\n/g)?.length ?? 0);
}

function commentsAbove(source: string, start: number): string {
  const lines = source.slice(0, start).split("\n").slice(0, -1);
  const found: string[] = [];
  for (const line of lines.toReversed()) {
    if (!line.trim().startsWith("#")) break;
    found.unshift(line.trim().replace(/^#+\s*/, ""));
  }
  return oneLine(found.join(" "));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
