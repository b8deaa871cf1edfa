import type { EditContext, Ingredient } from "../types.ts";
import { staticName } from "./ast.ts";
import { ownStatementPieces } from "./fitting.ts";
import type { SourceFile } from "./source-file.ts";

/**
 * What other files may use: statements, conditions, and, as expressions, the properties read (`order.total`) and
 * the keys of object literals (`({ total })`). Private members stay at home.
 */
export function fileIngredients(file: SourceFile): Ingredient[] {
  const found: Ingredient[] = [];
  for (const { text, freeNames } of ownStatementPieces(file)) {
    if (!text.includes("#")) found.push({ text, kind: "statement", freeNames });
  }
  for (const { text, freeNames } of file.conditions) {
    if (!text.includes("#")) found.push({ text, kind: "condition", freeNames });
  }
  const expressions = new Map<string, readonly string[]>();
  for (const node of file.nodes) {
    if (node.type === "MemberExpression" && !node.computed && !node.optional && node.object.type === "Identifier") {
      const called = node.parent?.type === "CallExpression" && node.parent.callee === node;
      if (!called && node.property.type === "Identifier") expressions.set(file.text(node), [node.object.name]);
    } else if (node.type === "Property" && node.parent?.type === "ObjectExpression" && !node.computed) {
      const key = staticName(node.key);
      if (key !== null && /^[A-Za-z_$][\w$]*$/.test(key)) expressions.set(`({ ${key} })`, []);
    }
  }
  for (const [text, freeNames] of expressions) found.push({ text, kind: "expression", freeNames });
  return found;
}

const namesOf = new WeakMap<EditContext["ingredients"], readonly string[]>();

/** Property names that other files use, from their expressions. */
export function foreignProperties(context: EditContext): readonly string[] {
  let names = namesOf.get(context.ingredients);
  if (!names) {
    const found = new Set<string>();
    for (const { kind, text } of context.ingredients) {
      const name =
        kind === "expression"
          ? (/\.([A-Za-z_$][\w$]*)$/.exec(text) ?? /^\(\{ ([\w$]+) \}\)$/.exec(text))?.[1]
          : undefined;
      if (name !== undefined) found.add(name);
    }
    namesOf.set(context.ingredients, (names = [...found]));
  }
  return names;
}
