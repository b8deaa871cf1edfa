import type { Languages } from "../syntax/languages.ts";
import { patternName, type FunctionNode, type Node } from "../syntax/javascript/ast.ts";
import { SourceFile } from "../syntax/javascript/source-file.ts";
import { pythonTree } from "../syntax/python/language.ts";
import { isDocstring } from "../syntax/python/statements.ts";

/** Where a function's own statements begin, and what its parameters are called. */
export interface FunctionBody {
  /** Offset at which a statement can be put. */
  readonly start: number;
  readonly parameters: readonly string[];
  /** White space in front of its statements; for Python. */
  readonly indent: string;
}

/** The body of a function at the top level of a module; null when it is not there, or has no statements or parameters with names. */
export function functionBody(languages: Languages, source: string, path: string, name: string): FunctionBody | null {
  const language = languages.of(path);
  const parsed = language?.parse(source, path) ?? null;
  if (language === null || parsed === null) return null;
  if (language.id !== "python") return javascriptBody(source, path, name);
  const found = pythonTree(language, parsed)
    .walk()
    .find(
      (node) =>
        node.kind === "function_definition" &&
        node.child("name")?.text === name &&
        node.ancestor("class_definition", "function_definition") === null,
    );
  const first = found?.child("body")?.namedChildren.find((node) => !isDocstring(node));
  if (found === undefined || first === undefined) return null;
  const parameters = (found.child("parameters")?.namedChildren ?? []).map((each) =>
    each.kind.includes("splat") ? null : (each.walk().find((one) => one.kind === "identifier")?.text ?? null),
  );
  const start = source.lastIndexOf("\n", first.start - 1) + 1;
  const indent = source.slice(start, first.start);
  return parameters.includes(null) || indent.trim() !== ""
    ? null
    : { start: first.start, parameters: parameters as string[], indent };
}

function javascriptBody(source: string, path: string, name: string): FunctionBody | null {
  const file = SourceFile.parse(source, path);
  for (const node of file?.nodes ?? []) {
    if (!isNamed(node, name) || node.body?.type !== "BlockStatement") continue;
    const parameters = node.params.map((param) => patternName(param));
    return parameters.includes(null)
      ? null
      : { start: node.body.start + 1, parameters: parameters as string[], indent: "" };
  }
  return null;
}

function isNamed(node: Node, name: string): node is FunctionNode {
  if (node.type === "FunctionDeclaration") return node.id?.name === name;
  if (node.type !== "ArrowFunctionExpression" && node.type !== "FunctionExpression") return false;
  const parent = node.parent;
  return parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" && parent.id.name === name;
}
