import type { Ingredient } from "../types.ts";
import { keyContainer } from "./inventory.ts";
import { freeNames } from "./names.ts";
import { isDocstring, isStatement } from "./statements.ts";
import type { SyntaxNode } from "./tree.ts";

const LONGEST = 120;

/** Simple statements inside of functions, conditions, and string keys: what other files may miss. Each text once, in source order. */
export function ingredientsOf(root: SyntaxNode): readonly Ingredient[] {
  const found = new Map<string, Ingredient>();
  const add = (node: SyntaxNode, kind: Ingredient["kind"]): void => {
    if (node.line !== node.endLine || node.text.length > LONGEST) return;
    const key = `${kind}:${node.text}`;
    if (!found.has(key)) found.set(key, { text: node.text, kind, freeNames: freeNames(node) });
  };
  for (const node of root.walk()) {
    if (
      isStatement(node) &&
      node.kind === "expression_statement" &&
      !isDocstring(node) &&
      node.ancestor("function_definition") !== null
    )
      add(node, "statement");
    if (isStatement(node) && node.kind === "raise_statement") add(node, "statement");
    const condition = node.child("condition");
    if (condition !== null && /^(if_statement|elif_clause|while_statement)$/.test(node.kind))
      add(condition, "condition");
    if (
      node.kind === "string" &&
      (keyContainer(node) !== null || /^["']\w{1,30}["']$/.test(node.text)) &&
      node.parent?.kind !== "expression_statement"
    )
      add(node, "expression");
  }
  return [...found.values()];
}
