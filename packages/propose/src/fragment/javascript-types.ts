import { patternIdentifiers } from "../syntax/javascript/scope.ts";
import { isFunction, type Node } from "../syntax/javascript/ast.ts";
import { SourceFile } from "../syntax/javascript/source-file.ts";
import type { Fragment } from "./fragment.ts";
import type { ShapeNode } from "./shape-graph.ts";
import type { ValueKind } from "./shape.ts";

/** A declared type counts for more than any use. */
const WEIGHT = 10;
const DEEPEST = 5;

/** A node of a type, as the parser gives it. */
interface TypeNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

const KEYWORDS: Readonly<Record<string, ValueKind>> = {
  TSStringKeyword: "string",
  TSNumberKeyword: "number",
  TSBooleanKeyword: "boolean",
  TSFunctionType: "function",
};
const NAMED: Readonly<Record<string, ValueKind>> = {
  Array: "list",
  ReadonlyArray: "list",
  Iterable: "list",
  Set: "set",
  ReadonlySet: "set",
  Map: "map",
  ReadonlyMap: "map",
  Record: "dictionary",
  Promise: "promise",
  Date: "date",
  RegExp: "pattern",
  Function: "function",
};

/** Tells the shapes what TypeScript says about variables around the fragment: parameters and annotated declarations. Returns the names that are declared. */
export function applyDeclaredTypes(fragment: Fragment, roots: ReadonlyMap<string, ShapeNode>): ReadonlySet<string> {
  const typed = new Set<string>();
  const file = /\.[cm]?ts$/.test(fragment.path) ? SourceFile.parse(fragment.text, fragment.path) : null;
  if (file === null) return typed;
  const reader = new TypeReader(file.program.body as readonly unknown[] as readonly TypeNode[]);
  const before = (node: Node): boolean => file.lineOf(node.start) < fragment.from;
  const patterns = file.nodes.flatMap((node): readonly Node[] => {
    if (!before(node)) return [];
    if (isFunction(node) && file.lineOf(node.end) >= fragment.from) return node.params as readonly Node[];
    return node.type === "VariableDeclarator" ? [node.id as Node] : [];
  });
  for (const pattern of patterns) {
    const target = pattern.type === "AssignmentPattern" ? (pattern.left as Node) : pattern;
    const annotation = annotationOf(target);
    if (annotation === null) continue;
    const root = target.type === "Identifier" ? roots.get(target.name) : undefined;
    if (root !== undefined && target.type === "Identifier" && reader.apply(annotation, root, 0)) typed.add(target.name);
    if (target.type !== "ObjectPattern") continue;
    for (const { name } of patternIdentifiers(target)) {
      const member = reader.member(annotation, name);
      const shape = roots.get(name);
      if (member !== null && shape !== undefined && reader.apply(member, shape, 0)) typed.add(name);
    }
  }
  return typed;
}

function annotationOf(node: Node): TypeNode | null {
  return (
    (node as unknown as { typeAnnotation?: { typeAnnotation?: TypeNode } | null }).typeAnnotation?.typeAnnotation ??
    null
  );
}

class TypeReader {
  readonly #declared = new Map<string, TypeNode>();

  constructor(statements: readonly TypeNode[]) {
    for (const statement of statements) {
      const node = (statement["declaration"] as TypeNode | null | undefined) ?? statement;
      const name = (node["id"] as { name?: string } | null | undefined)?.name;
      if (name !== undefined && (node.type === "TSInterfaceDeclaration" || node.type === "TSTypeAliasDeclaration"))
        this.#declared.set(name, node);
    }
  }

  /** True when the type says something about values. */
  apply(type: TypeNode, shape: ShapeNode, depth: number): boolean {
    if (depth > DEEPEST) return false;
    const keyword = KEYWORDS[type.type];
    if (keyword !== undefined) {
      shape.hint(keyword, WEIGHT);
      const returned = (type["returnType"] as { typeAnnotation?: TypeNode } | null | undefined)?.typeAnnotation;
      if (keyword === "function" && returned !== undefined) this.apply(returned, shape.returns, depth + 1);
      return true;
    }
    switch (type.type) {
      case "TSArrayType":
        shape.hint("list", WEIGHT);
        this.apply(type["elementType"] as TypeNode, shape.element, depth + 1);
        return true;
      case "TSTypeOperator":
      case "TSParenthesizedType":
        return this.apply(type["typeAnnotation"] as TypeNode, shape, depth);
      case "TSUnionType":
        return (type["types"] as readonly TypeNode[]).map((each) => this.apply(each, shape, depth + 1)).some(Boolean);
      case "TSLiteralType": {
        const value = (type["literal"] as { value?: unknown }).value;
        if (typeof value !== "string" && typeof value !== "number") return typeof value === "boolean";
        shape.literals.push(value);
        shape.hint(typeof value === "string" ? "string" : "number", WEIGHT);
        return true;
      }
      case "TSTypeLiteral":
        return this.#members(type["members"] as readonly TypeNode[], shape, depth);
      case "TSInterfaceDeclaration":
        return this.#members((type["body"] as { body: readonly TypeNode[] }).body, shape, depth);
      case "TSTypeAliasDeclaration":
        return this.apply(type["typeAnnotation"] as TypeNode, shape, depth);
      case "TSTypeReference":
        return this.#reference(type, shape, depth);
      default:
        return false;
    }
  }

  /** The type of a member of an object type; null when it is not known. */
  member(type: TypeNode, name: string): TypeNode | null {
    const declared = type.type === "TSTypeReference" ? this.#declared.get(nameOf(type)) : type;
    const inner = declared?.type === "TSTypeAliasDeclaration" ? (declared["typeAnnotation"] as TypeNode) : declared;
    const members = (inner?.["members"] ?? (inner?.["body"] as { body?: unknown } | undefined)?.body) as
      | readonly TypeNode[]
      | undefined;
    const found = members?.find((each) => (each["key"] as { name?: string } | undefined)?.name === name);
    return (found?.["typeAnnotation"] as { typeAnnotation?: TypeNode } | undefined)?.typeAnnotation ?? null;
  }

  #members(members: readonly TypeNode[], shape: ShapeNode, depth: number): boolean {
    shape.hint("record", WEIGHT);
    for (const each of members) {
      const name = (each["key"] as { name?: string } | undefined)?.name;
      if (name === undefined) continue;
      const annotation = (each["typeAnnotation"] as { typeAnnotation?: TypeNode } | null | undefined)?.typeAnnotation;
      if (each.type === "TSMethodSignature") {
        const returned = (each["returnType"] as { typeAnnotation?: TypeNode } | null | undefined)?.typeAnnotation;
        shape.member(name).hint("function", WEIGHT);
        if (returned !== undefined) this.apply(returned, shape.member(name).returns, depth + 1);
      } else if (annotation !== undefined) this.apply(annotation, shape.member(name), depth + 1);
    }
    return true;
  }

  #reference(type: TypeNode, shape: ShapeNode, depth: number): boolean {
    const name = nameOf(type);
    const declared = this.#declared.get(name);
    if (declared !== undefined) return this.apply(declared, shape, depth + 1);
    const parameters = (type["typeArguments"] as { params?: readonly TypeNode[] } | null | undefined)?.params ?? [];
    const [first] = parameters;
    if (/^(?:Readonly|Partial|Required|NonNullable)$/.test(name) && first !== undefined)
      return this.apply(first, shape, depth);
    const kind = NAMED[name];
    if (kind === undefined) return false;
    shape.hint(kind, WEIGHT);
    const last = parameters.at(-1);
    if (last !== undefined)
      this.apply(last, kind === "map" || kind === "dictionary" ? shape.keyed : shape.element, depth + 1);
    return true;
  }
}

function nameOf(reference: TypeNode): string {
  return (reference["typeName"] as { name?: string } | undefined)?.name ?? "";
}
