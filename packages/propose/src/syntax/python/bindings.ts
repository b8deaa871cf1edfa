import { firstIdentifier, isVariable } from "./names.ts";
import type { SyntaxNode } from "./tree.ts";

export type BindingKind = "parameter" | "local" | "loop" | "function" | "class" | "import";

/** A name and where it comes from. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly scope: Scope;
  /** Offset from which code after it in the same scope may read the name. */
  readonly availableFrom: number;
  /** The expression it is first bound to, when there is one (for loops: what is iterated). */
  readonly initialiser: SyntaxNode | null;
  readonly annotation: SyntaxNode | null;
  /** For names bound by a comprehension: the clause that binds them. */
  readonly clause: SyntaxNode | null;
  /** The node that binds it: a definition, an assignment, a loop. */
  readonly declaration: SyntaxNode;
  /** Identifiers that read or write it, in source order. */
  readonly uses: SyntaxNode[];
}

export interface Scope {
  readonly node: SyntaxNode;
  readonly kind: "module" | "function" | "class" | "lambda" | "comprehension";
  readonly parent: Scope | null;
  readonly bindings: Map<string, Binding>;
  /** Names that `global` or `nonlocal` hands to an outer scope. */
  readonly outer: Set<string>;
}

export const COMPREHENSIONS = new Set([
  "list_comprehension",
  "set_comprehension",
  "dictionary_comprehension",
  "generator_expression",
]);
const PARAMETERS = new Set([
  "identifier",
  "default_parameter",
  "typed_parameter",
  "typed_default_parameter",
  "list_splat_pattern",
  "dictionary_splat_pattern",
]);

/** What binds each name of a program, read off in one walk. */
export class Bindings {
  readonly module: Scope;
  /** Scopes by the node that opens them. */
  readonly scopes = new Map<SyntaxNode, Scope>();
  /** Identifiers that name variables, in source order. */
  readonly identifiers: SyntaxNode[] = [];

  constructor(root: SyntaxNode) {
    this.module = this.open(root, "module", null);
    for (const child of root.namedChildren) this.visit(child, this.module);
  }

  private open(node: SyntaxNode, kind: Scope["kind"], parent: Scope | null): Scope {
    const scope: Scope = { node, kind, parent, bindings: new Map(), outer: new Set() };
    this.scopes.set(node, scope);
    return scope;
  }

  private bind(
    scope: Scope,
    name: string,
    kind: BindingKind,
    declaration: SyntaxNode,
    rest: {
      availableFrom: number;
      initialiser?: SyntaxNode | null;
      annotation?: SyntaxNode | null;
      clause?: SyntaxNode | null;
    },
  ): void {
    let home = scope;
    if (scope.outer.has(name)) {
      home = this.module;
      for (let at = scope.parent; at !== null; at = at.parent) {
        if (at.bindings.has(name)) {
          home = at;
          break;
        }
      }
    }
    if (home.bindings.has(name)) return;
    home.bindings.set(name, {
      name,
      kind,
      scope: home,
      declaration,
      availableFrom: rest.availableFrom,
      initialiser: rest.initialiser ?? null,
      annotation: rest.annotation ?? null,
      clause: rest.clause ?? null,
      uses: [],
    });
  }

  private bindTarget(
    target: SyntaxNode,
    scope: Scope,
    kind: BindingKind,
    declaration: SyntaxNode,
    from: number,
    initialiser: SyntaxNode | null,
    clause: SyntaxNode | null,
  ): void {
    if (target.kind === "identifier") {
      const annotation = declaration.kind === "assignment" ? declaration.child("type") : null;
      this.bind(scope, target.text, kind, declaration, { availableFrom: from, initialiser, annotation, clause });
      return;
    }
    if (target.kind === "attribute" || target.kind === "subscript") return;
    const values =
      initialiser?.kind === "expression_list" || initialiser?.kind === "tuple" ? initialiser.namedChildren : [];
    target.namedChildren.forEach((part, index) =>
      this.bindTarget(part, scope, kind, declaration, from, values[index] ?? null, clause),
    );
  }

  private visitAll(node: SyntaxNode, scope: Scope): void {
    for (const child of node.children) if (child.named) this.visit(child, scope);
  }

  private visit(node: SyntaxNode, scope: Scope): void {
    switch (node.kind) {
      case "function_definition":
      case "class_definition": {
        const isClass = node.kind === "class_definition";
        const name = node.child("name");
        if (name !== null)
          this.bind(scope, name.text, isClass ? "class" : "function", node, { availableFrom: node.end });
        const inner = this.open(node, isClass ? "class" : "function", scope);
        for (const child of node.namedChildren) {
          if (child.field === "parameters") this.visitParameters(child, inner, scope, node);
          else if (child.field === "body") this.visit(child, inner);
          else if (child.field === "superclasses") this.visit(child, scope);
        }
        return;
      }
      case "lambda": {
        const inner = this.open(node, "lambda", scope);
        for (const child of node.namedChildren) {
          if (child.field === "parameters") this.visitParameters(child, inner, scope, node);
          else this.visit(child, inner);
        }
        return;
      }
      case "assignment": {
        const [left, right] = [node.child("left"), node.child("right")];
        if (right !== null) this.visit(right, scope);
        if (left !== null) {
          this.bindTarget(
            left,
            scope,
            "local",
            node,
            node.end,
            right?.kind === "assignment" ? right.child("right") : right,
            null,
          );
          this.visit(left, scope);
        }
        return;
      }
      case "named_expression": {
        const [name, value] = [node.child("name"), node.child("value")];
        if (value !== null) this.visit(value, scope);
        let home = scope;
        while (home.kind === "comprehension" && home.parent !== null) home = home.parent;
        if (name !== null) {
          this.bindTarget(name, home, "local", node, node.end, value, null);
          this.visit(name, scope);
        }
        return;
      }
      case "for_statement":
      case "for_in_clause": {
        const [left, right] = [node.child("left"), node.child("right")];
        if (right !== null) this.visit(right, scope);
        const clause = node.kind === "for_in_clause" ? node : null;
        if (left !== null) {
          this.bindTarget(left, scope, "loop", node, clause === null ? left.end : scope.node.start, right, clause);
          this.visit(left, scope);
        }
        for (const child of node.namedChildren) if (child !== left && child !== right) this.visit(child, scope);
        return;
      }
      case "as_pattern": {
        const target = node.child("alias");
        const value = node.namedChildren[0];
        if (value !== undefined) this.visit(value, scope);
        const name = target?.namedChildren[0];
        if (name !== undefined) this.bindTarget(name, scope, "local", node, node.end, null, null);
        if (target !== null) this.visitAll(target, scope);
        return;
      }
      case "import_statement":
      case "import_from_statement":
        for (const child of node.namedChildren) {
          if (child.field !== "name") continue;
          const alias = child.child("alias");
          const name = alias?.text ?? child.text.split(".")[0] ?? child.text;
          this.bind(scope, name, "import", node, { availableFrom: node.end });
        }
        return;
      case "case_pattern":
        if (node.namedChildren[0]?.kind === "dotted_name" && !node.text.includes(".")) {
          this.bind(scope, node.text, "local", node, { availableFrom: node.end });
        } else this.visitAll(node, scope);
        return;
      case "global_statement":
      case "nonlocal_statement":
        for (const child of node.namedChildren) scope.outer.add(child.text);
        return;
      case "type":
        return;
      case "identifier":
        if (isVariable(node)) this.identifiers.push(node);
        return;
      default:
        if (COMPREHENSIONS.has(node.kind)) {
          const inner = this.open(node, "comprehension", scope);
          // The body stands before the clauses that bind its names; bindings are looked up after the whole visit.
          this.visitAll(node, inner);
        } else this.visitAll(node, scope);
    }
  }

  private visitParameters(parameters: SyntaxNode, inner: Scope, outer: Scope, owner: SyntaxNode): void {
    for (const parameter of parameters.namedChildren) {
      if (!PARAMETERS.has(parameter.kind)) continue;
      const name =
        parameter.kind === "identifier" ? parameter : (parameter.child("name") ?? firstIdentifier(parameter));
      const value = parameter.child("value");
      if (value !== null) this.visit(value, outer);
      if (name !== null) {
        this.bind(inner, name.text, "parameter", owner, {
          availableFrom: owner.start,
          initialiser: value,
          annotation: parameter.child("type"),
        });
      }
    }
  }
}
