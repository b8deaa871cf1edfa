import type { Languages } from "../syntax/languages.ts";
import type { Node } from "../syntax/javascript/ast.ts";
import { SourceFile } from "../syntax/javascript/source-file.ts";
import { pythonTree } from "../syntax/python/language.ts";
import type { SyntaxNode } from "../syntax/python/tree.ts";

/** A statement at the top level of a module, or a method of a class there. */
export interface Definition {
  readonly kind: "function" | "class" | "method" | "value" | "import" | "other";
  /** `f`, `Class.method`; for what has no name, its text. A statement may define several names: `a, b`. */
  readonly name: string;
  /** Offsets of all of it: `export`, decorators, the comments right above it. */
  readonly start: number;
  readonly end: number;
  /** Where it begins without `export`; and without the comments above it. */
  readonly inner: number;
  readonly bare: number;
}

/** The definitions of a source in their order, methods behind their class; null when it has a syntax error or its language is not known. */
export function definitionsOf(languages: Languages, source: string, path: string): Definition[] | null {
  const language = languages.of(path);
  const parsed = language?.parse(source, path) ?? null;
  if (language === null || parsed === null) return null;
  if (language.id === "python") return pythonDefinitions(pythonTree(language, parsed), source);
  const file = SourceFile.parse(source, path);
  return file === null ? null : file.program.body.flatMap((node) => javascriptDefinitions(node as Node, file));
}

function javascriptDefinitions(node: Node, file: SourceFile): Definition[] {
  const exported = node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration";
  const inside = exported && node.declaration !== null ? (node.declaration as Node) : node;
  const base = (at: Node, inner: Node): Pick<Definition, "start" | "end" | "inner" | "bare"> => ({
    start: commentsAbove(file, at.start),
    end: at.end,
    inner: inner.start,
    bare: at.start,
  });
  const named = (kind: Definition["kind"], name: string): Definition => ({ kind, name, ...base(node, inside) });
  switch (inside.type) {
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      return [named("function", inside.id?.name ?? "default")];
    case "ClassDeclaration": {
      const name = inside.id?.name ?? "default";
      const methods = inside.body.body.flatMap((member): Definition[] => {
        const each = member as Node;
        if (each.type !== "MethodDefinition" && each.type !== "PropertyDefinition") return [];
        const key = each.key as Node;
        const text = key.type === "Identifier" || key.type === "PrivateIdentifier" ? file.text(key) : null;
        if (text === null) return [];
        const accessor = each.type === "MethodDefinition" && /^[gs]et$/.test(each.kind) ? `${each.kind} ` : "";
        return [{ kind: "method", name: `${name}.${accessor}${text}`, ...base(each, each) }];
      });
      return [named("class", name), ...methods];
    }
    case "VariableDeclaration": {
      const names = inside.declarations.map((each) => file.text(each.id as Node).replace(/\s*:[\s\S]*$/, ""));
      const value = inside.declarations[0]?.init?.type;
      const isFunction = value === "ArrowFunctionExpression" || value === "FunctionExpression";
      return [named(isFunction && names.length === 1 ? "function" : "value", names.join(", "))];
    }
    case "TSTypeAliasDeclaration":
    case "TSInterfaceDeclaration":
    case "TSEnumDeclaration":
      return [named("value", file.text(inside.id as Node))];
    case "ImportDeclaration":
      return [named("import", file.text(inside))];
    default:
      return [named("other", file.text(inside))];
  }
}

/** Where the comments begin that end on the line before, without a blank line between. */
function commentsAbove(file: SourceFile, start: number): number {
  let first = start;
  for (const comment of file.comments.toReversed()) {
    if (comment.end > first) continue;
    const between = file.source.slice(comment.end, first);
    const alone = file.source.slice(file.lineStart(comment.start), comment.start).trim() === "";
    if (between.trim() !== "" || between.split("\n").length > 2 || !alone) break;
    first = comment.start;
  }
  return first;
}

function pythonDefinitions(root: SyntaxNode, source: string): Definition[] {
  return root.namedChildren.flatMap((node) => pythonDefinition(node, source, ""));
}

function pythonDefinition(node: SyntaxNode, source: string, owner: string): Definition[] {
  const inner = node.kind === "decorated_definition" ? (node.child("definition") ?? node) : node;
  const start = hashesAbove(source, node.start);
  const named = (kind: Definition["kind"], name: string): Definition => ({
    kind,
    name: owner + name,
    start,
    end: node.end,
    inner: node.start,
    bare: node.start,
  });
  switch (inner.kind) {
    case "function_definition":
      return [named(owner === "" ? "function" : "method", inner.child("name")?.text ?? "")];
    case "class_definition": {
      const name = inner.child("name")?.text ?? "";
      const members = inner.child("body")?.namedChildren ?? [];
      const methods = members.flatMap((each) => pythonDefinition(each, source, `${owner}${name}.`));
      return [named("class", name), ...methods.filter(({ kind }) => kind === "method")];
    }
    case "import_statement":
    case "import_from_statement":
    case "future_import_statement":
      return [named("import", node.text)];
    case "expression_statement": {
      const assigned = node.namedChildren[0];
      const left = assigned?.kind === "assignment" ? assigned.child("left")?.text : undefined;
      return [left === undefined ? named("other", node.text) : named("value", left)];
    }
    default:
      return [named("other", node.text)];
  }
}

function hashesAbove(source: string, start: number): number {
  let first = source.lastIndexOf("\n", start - 1) + 1;
  if (source.slice(first, start).trim() !== "") return start;
  let found = start;
  while (first > 0) {
    const above = source.lastIndexOf("\n", first - 2) + 1;
    const line = source.slice(above, first - 1);
    if (!line.trim().startsWith("#")) break;
    found = above + line.search(/\S/);
    first = above;
  }
  return found;
}
