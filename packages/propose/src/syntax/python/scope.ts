import { Bindings, COMPREHENSIONS, type Binding, type Scope } from "./bindings.ts";
import type { SyntaxNode } from "./tree.ts";

/** Names visible at a place, and who uses them. Functions see what encloses them; class bodies are not seen from their methods. */
export class Scopes {
  readonly module: Scope;
  private readonly byNode: ReadonlyMap<SyntaxNode, Scope>;
  private readonly visible = new Map<SyntaxNode, readonly Binding[]>();

  constructor(root: SyntaxNode) {
    const { module, scopes, identifiers } = new Bindings(root);
    this.module = module;
    this.byNode = scopes;
    for (const node of identifiers) this.resolve(node.text, node)?.uses.push(node);
  }

  /** The scope a node stands in. Default values of parameters belong to the scope outside of their function. */
  scopeOf(node: SyntaxNode): Scope {
    for (let at: SyntaxNode = node; at.parent !== null; at = at.parent) {
      const scope = this.byNode.get(at.parent);
      if (scope === undefined) continue;
      if ((scope.kind === "function" || scope.kind === "class") && at.field !== "body") continue;
      if (scope.kind === "lambda" && at.field === "parameters") continue;
      return scope;
    }
    return this.module;
  }

  /** What the name means at the node, or null when it is a builtin or unknown. */
  resolve(name: string, node: SyntaxNode): Binding | null {
    let first = true;
    for (let scope: Scope | null = this.scopeOf(node); scope !== null; scope = scope.parent) {
      if (scope.kind !== "class" || first) {
        const found = scope.bindings.get(name);
        if (found !== undefined) return found;
      }
      if (scope.kind !== "comprehension") first = false;
    }
    return null;
  }

  /** Bindings that code at the node may read, innermost scope first, in the order they are bound. */
  visibleAt(node: SyntaxNode): readonly Binding[] {
    const place = placeOf(node);
    let visible = this.visible.get(place);
    if (visible === undefined) {
      visible = this.findVisible(place);
      this.visible.set(place, visible);
    }
    return visible;
  }

  private findVisible(place: SyntaxNode): readonly Binding[] {
    const seen = new Set<string>();
    const result: Binding[] = [];
    let sameFunction = true;
    let first = true;
    const clause = place.kind === "for_in_clause" ? place : null;
    const inner = this.byNode.get(place);
    const start = inner?.kind === "comprehension" || inner?.kind === "lambda" ? inner : this.scopeOf(place);
    for (let scope: Scope | null = start; scope !== null; scope = scope.parent) {
      if (scope.kind !== "class" || first) {
        for (const binding of scope.bindings.values()) {
          if (seen.has(binding.name)) continue;
          const late = sameFunction && binding.availableFrom > place.start;
          const laterClause =
            clause !== null &&
            binding.clause?.parent === clause.parent &&
            binding.clause !== null &&
            binding.clause.start >= clause.start;
          if (late || laterClause) continue;
          seen.add(binding.name);
          result.push(binding);
        }
      }
      if (scope.kind === "function" || scope.kind === "lambda") sameFunction = false;
      if (scope.kind !== "comprehension") first = false;
    }
    return result;
  }
}

const PLACES = new Set([...COMPREHENSIONS, "lambda", "elif_clause", "except_clause", "case_clause", "module"]);

/** The smallest part of the program around the node in which all places see the same names: a statement, a comprehension, a lambda. */
export function placeOf(node: SyntaxNode): SyntaxNode {
  for (let at = node; at.parent !== null; at = at.parent) {
    if (at.parent.kind === "block" || at.parent.kind === "module") return at;
    if (at.field === "right" && at.parent.kind === "for_in_clause") return at.parent;
    if (PLACES.has(at.kind) && at !== node) return at;
  }
  return node;
}
