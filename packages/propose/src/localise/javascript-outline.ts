import {
  enclosingClass,
  isFunction,
  ownDescendants,
  staticName,
  type FunctionNode,
  type Node,
  type NodeOf,
} from "../syntax/javascript/ast.ts";
import type { SourceFile } from "../syntax/javascript/source-file.ts";
import { constantSignature, type Definition, type Import } from "./definition.ts";

/** Classes, named functions, methods and top-level constants of a JavaScript or TypeScript file, in source order. */
export function javascriptDefinitions(file: SourceFile): readonly Definition[] {
  return file.nodes.flatMap((node): Definition[] => {
    if (node.type === "ClassDeclaration" || node.type === "ClassExpression") {
      const name = node.id?.name ?? variableOf(node) ?? (isDefault(node) ? "default" : null);
      if (name === null) return [];
      const body = node.body.start;
      return [definition(file, { node, kind: "class", name, owner: null, body, returns: [] })];
    }
    if (node.type === "VariableDeclarator") return constant(file, node);
    if (!isFunction(node) || node.body === null) return [];
    const named = nameOfFunction(node);
    if (named === null) return [];
    const kind = named.owner === null ? "function" : "method";
    return [definition(file, { node, kind, ...named, body: node.body.start, returns: returnsOf(file, node) })];
  });
}

/** `import … from`, `export … from`, and `require("…")` with what it is bound to. */
export function javascriptImports(file: SourceFile): readonly Import[] {
  return file.nodes.flatMap((node): Import[] => {
    const line = file.lineOf(node.start);
    if (node.type === "ImportDeclaration")
      return [
        {
          from: node.source.value,
          line,
          names: node.specifiers.flatMap((each) =>
            each.type === "ImportSpecifier" ? [staticName(each.imported as Node) ?? ""] : [],
          ),
        },
      ];
    if ((node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration") && node.source !== null) {
      const names =
        node.type === "ExportNamedDeclaration"
          ? node.specifiers.map((each) => staticName(each.local as Node) ?? "")
          : [];
      return [{ from: node.source.value, names, line }];
    }
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "require")
      return [];
    const from = node.arguments[0];
    if (from?.type !== "Literal" || typeof from.value !== "string") return [];
    const bound = node.parent?.type === "VariableDeclarator" ? (node.parent.id as Node) : null;
    const names =
      bound?.type === "ObjectPattern"
        ? bound.properties.flatMap((each) => (each.type === "Property" ? [staticName(each.key as Node) ?? ""] : []))
        : [];
    return [{ from: from.value, names, line }];
  });
}

/** A variable of the module that holds neither a function nor a class, which have definitions of their own. */
function constant(file: SourceFile, node: NodeOf<"VariableDeclarator">): Definition[] {
  const name = staticName(node.id as Node);
  const value = node.init as Node | null;
  const home = outermost(node).parent;
  if (name === null || home?.type !== "Program") return [];
  if (value !== null && (isFunction(value) || value.type === "ClassExpression")) return [];
  const whole = definition(file, { node, kind: "constant", name, owner: null, body: node.end, returns: [] });
  return [
    { ...whole, signature: constantSignature(whole.signature), docs: commentsAbove(file, outermost(node).start) },
  ];
}

function definition(
  file: SourceFile,
  parts: {
    readonly node: Node;
    readonly kind: Definition["kind"];
    readonly name: string;
    readonly owner: string | null;
    readonly body: number;
    readonly returns: readonly string[];
  },
): Definition {
  const { node, kind, name, owner, body, returns } = parts;
  const whole = wholeOf(node);
  const decorated = [node, whole].flatMap((each) => ("decorators" in each ? ((each.decorators ?? []) as Node[]) : []));
  const start = Math.min(whole.start, ...decorated.map((each) => each.start));
  const written = Math.max(whole.start, ...decorated.map((each) => each.end));
  return {
    path: file.path,
    kind,
    name,
    owner,
    line: file.lineOf(start),
    endLine: file.lineOf(Math.max(start, whole.end - 1)),
    signature: file.source
      .slice(written, body)
      .replace(/\s+/g, " ")
      .replace(/\s*=>\s*$/, "")
      .trim(),
    decorators: [...new Set(decorated.map((each) => file.text(each).split("\n")[0] as string))],
    docs: commentsAbove(file, outermost(whole).start),
    returns,
  };
}

/** The member, property, variable or assignment that gives a function its name, else the function itself. */
function wholeOf(node: Node): Node {
  const { parent } = node;
  switch (parent?.type) {
    case "MethodDefinition":
    case "PropertyDefinition":
    case "Property":
    case "AssignmentExpression":
    case "VariableDeclarator":
      return parent;
    default:
      return node;
  }
}

/** With `export` and `const` before it, where comments stand. */
function outermost(node: Node): Node {
  let at = node;
  while (
    at.parent?.type === "VariableDeclaration" ||
    at.parent?.type === "ExpressionStatement" ||
    at.parent?.type === "ExportNamedDeclaration" ||
    at.parent?.type === "ExportDefaultDeclaration"
  )
    at = at.parent;
  return at;
}

function variableOf(node: Node): string | null {
  return node.parent?.type === "VariableDeclarator" ? staticName(node.parent.id as Node) : null;
}

function isDefault(node: Node): boolean {
  return node.parent?.type === "ExportDefaultDeclaration";
}

/** Null for functions without a name of their own: callbacks. */
function nameOfFunction(node: FunctionNode): { readonly name: string; readonly owner: string | null } | null {
  const { parent } = node;
  switch (parent?.type) {
    case "MethodDefinition":
    case "PropertyDefinition": {
      const name = staticName(parent.key as Node);
      const home = enclosingClass(node);
      if (name === null || home === null) return null;
      return { name, owner: home.id?.name ?? variableOf(home) ?? "default" };
    }
    case "VariableDeclarator": {
      const name = staticName(parent.id as Node);
      return name === null ? null : { name, owner: null };
    }
    case "Property": {
      const name = staticName(parent.key as Node);
      const owner = parent.parent?.type === "ObjectExpression" ? nameOfObject(parent.parent) : null;
      return name === null || owner === null ? null : { name, owner: owner === "" ? null : owner };
    }
    case "AssignmentExpression":
      return nameOfTarget(parent.left as Node);
    default:
      if (node.type !== "ArrowFunctionExpression" && node.id !== null) return { name: node.id.name, owner: null };
      return isDefault(node) ? { name: "default", owner: null } : null;
  }
}

/** `o` of `const o = { … }`; empty for `module.exports = { … }`; null for objects without a name. */
function nameOfObject(object: Node): string | null {
  const { parent } = object;
  if (parent?.type === "VariableDeclarator") return staticName(parent.id as Node);
  if (parent?.type !== "AssignmentExpression") return null;
  const target = nameOfTarget(parent.left as Node);
  return target === null ? null : target.name === "exports" ? "" : target.name;
}

/** `exports.f = …`, `o.f = …`, `C.prototype.f = …`. */
function nameOfTarget(target: Node): { readonly name: string; readonly owner: string | null } | null {
  if (target.type === "Identifier") return { name: target.name, owner: null };
  if (target.type !== "MemberExpression" || target.computed) return null;
  const name = staticName(target.property as Node);
  if (name === null) return null;
  const object = target.object as Node;
  if (object.type === "Identifier") return { name, owner: object.name === "exports" ? null : object.name };
  if (object.type !== "MemberExpression") return { name, owner: null };
  const inner = staticName(object.property as Node);
  const base = object.object as Node;
  return inner === "prototype" && base.type === "Identifier" ? { name, owner: base.name } : { name, owner: null };
}

function returnsOf(file: SourceFile, node: FunctionNode): readonly string[] {
  if (node.body === null) return [];
  if (node.body.type !== "BlockStatement") return [oneLine(file.text(node.body))];
  const found: string[] = [];
  for (const inner of ownDescendants(node.body))
    if (inner.type === "ReturnStatement" && inner.argument !== null) found.push(oneLine(file.text(inner.argument)));
  return [...new Set(found)];
}

/** Comments that end right above the line of an offset, without their stars and slashes. */
function commentsAbove(file: SourceFile, offset: number): string {
  let first = offset;
  const texts: string[] = [];
  for (const comment of file.comments.toReversed()) {
    if (comment.end > first) continue;
    const between = file.source.slice(comment.end, first);
    const alone = file.source.slice(file.lineStart(comment.start), comment.start).trim() === "";
    if (between.trim() !== "" || between.split("\n").length > 2 || !alone) break;
    first = comment.start;
    texts.unshift(file.text(comment));
  }
  return oneLine(texts.join("\n").replace(/^\s*(?:\/\*+|\/\/+|\*+\/?)|\*\/\s*$/gm, " "));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
