import { type Node, staticName } from "./ast.ts";
import type { SourceFile } from "./source-file.ts";

/** A property name as it is used in the file. */
export interface PropertyUse {
  readonly name: string;
  /** Text of the object it was read from (`this`, `node`, `order.items`); empty for literals, patterns and types. */
  readonly base: string;
  readonly called: boolean;
  readonly line: number;
}

/** Every property read, written, declared or destructured in the file; one entry per (base, name, called). */
export function collectProperties(file: SourceFile): PropertyUse[] {
  const found = new Map<string, PropertyUse>();
  const add = (name: string | null, base: string, called: boolean, node: Node): void => {
    if (name === null) return;
    const key = `${base}\n${name}\n${called}`;
    if (!found.has(key)) found.set(key, { name, base, called, line: file.lineOf(node.start) });
  };
  for (const node of file.nodes) {
    switch (node.type) {
      case "MemberExpression":
        if (!node.computed) {
          const called = node.parent?.type === "CallExpression" && node.parent.callee === node;
          add(staticName(node.property), file.text(node.object), called, node);
        }
        break;
      case "Property":
        if (!node.computed && node.key.type === "Identifier") {
          const pattern = node.parent;
          const declarator = pattern?.type === "ObjectPattern" ? pattern.parent : null;
          const base = declarator?.type === "VariableDeclarator" && declarator.init ? file.text(declarator.init) : "";
          add(node.key.name, base, node.method, node);
        }
        break;
      case "PropertyDefinition":
        if (!node.computed) add(staticName(node.key), "this", false, node);
        break;
      case "MethodDefinition":
        if (!node.computed && node.kind !== "constructor" && !node.static) {
          add(staticName(node.key), "this", node.kind === "method", node);
        }
        break;
      default:
    }
  }
  for (const comment of file.comments) {
    const text = file.text(comment);
    if (!text.startsWith("/**")) continue;
    const at = { start: comment.start } as Node;
    // `@property {number} limit` and the members of `{ price: number, count: number }`.
    for (const match of text.matchAll(/@prop(?:erty)?\s+\{[^}]*\}\s+\[?(\w+)|[{,;]\s*(\w+)\??:/g))
      add(match[1] ?? match[2]!, "", false, at);
  }
  for (const match of typeMembers(file)) add(match.name, "", false, match.node);
  return [...found.values()];
}

/** Members of interfaces and object types, which the walker leaves out of the run-time nodes. */
function* typeMembers(file: SourceFile): Generator<{ name: string; node: Node }> {
  for (const statement of file.program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    const members =
      declaration?.type === "TSInterfaceDeclaration"
        ? declaration.body.body
        : declaration?.type === "TSTypeAliasDeclaration" && declaration.typeAnnotation.type === "TSTypeLiteral"
          ? declaration.typeAnnotation.members
          : [];
    for (const member of members) {
      if (member.type === "TSPropertySignature" && member.key.type === "Identifier")
        yield { name: member.key.name, node: member };
    }
  }
}
