import {
  type FunctionNode,
  type IdentifierNode,
  type Node,
  ancestors,
  enclosingFunction,
  isFunction,
  isReference,
} from "./ast.ts";

export type BindingRole = "parameter" | "const" | "let" | "var" | "function" | "class" | "import" | "catch";

/** One declared name. */
export interface Binding {
  readonly name: string;
  readonly role: BindingRole;
  /** The declaring identifier. */
  readonly identifier: IdentifierNode;
  /** The node that declares it: declarator, function, class, import specifier, catch clause. */
  readonly declaration: Node;
  /** The node whose source range is the scope. */
  readonly scope: Node;
  /** Reads and writes, in source order; the declaration is not among them. */
  readonly references: IdentifierNode[];
}

/** Names of the language and of every JavaScript host that need no declaration. */
export const GLOBALS: ReadonlySet<string> = new Set(
  (
    "undefined NaN Infinity globalThis Object Function Array Number String Boolean Symbol BigInt Math JSON Date RegExp Map Set WeakMap WeakSet " +
    "Promise Proxy Reflect Error TypeError RangeError SyntaxError ReferenceError EvalError URIError AggregateError Intl Atomics ArrayBuffer " +
    "SharedArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array " +
    "BigInt64Array BigUint64Array Iterator WeakRef parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI " +
    "console process Buffer require module exports setTimeout clearTimeout setInterval clearInterval setImmediate clearImmediate queueMicrotask " +
    "structuredClone URL URLSearchParams TextEncoder TextDecoder AbortController AbortSignal fetch performance crypto arguments"
  ).split(" "),
);

function opensScope(node: Node): boolean {
  switch (node.type) {
    case "Program":
    case "BlockStatement":
    case "StaticBlock":
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "SwitchStatement":
    case "CatchClause":
    case "ClassExpression":
    case "TSModuleBlock":
      return true;
    default:
      return isFunction(node);
  }
}

/** Identifiers that a binding pattern declares. */
export function* patternIdentifiers(pattern: Node): Generator<IdentifierNode> {
  switch (pattern.type) {
    case "Identifier":
      yield pattern;
      return;
    case "ObjectPattern":
      for (const property of pattern.properties) {
        yield* patternIdentifiers(property.type === "Property" ? property.value : property.argument);
      }
      return;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element !== null) yield* patternIdentifiers(element);
      return;
    case "AssignmentPattern":
      yield* patternIdentifiers(pattern.left);
      return;
    case "RestElement":
      yield* patternIdentifiers(pattern.argument);
      return;
    case "TSParameterProperty":
      yield* patternIdentifiers(pattern.parameter);
      return;
    default:
  }
}

/** Declared names of a file and where each can be seen. */
export class Scopes {
  readonly bindings: Binding[] = [];
  readonly #byScope = new Map<Node, Map<string, Binding>>();
  readonly #byReference = new Map<Node, Binding | null>();
  readonly #visible = new WeakMap<Node, readonly Binding[]>();

  constructor(nodes: readonly Node[]) {
    for (const node of nodes) this.#declare(node);
    for (const node of nodes) {
      if (node.type !== "Identifier" || !isReference(node)) continue;
      const binding = this.lookup(node.name, node);
      this.#byReference.set(node, binding);
      binding?.references.push(node);
    }
  }

  /** What a reference refers to; null for globals and unknown names. */
  resolve(reference: Node): Binding | null {
    return this.#byReference.get(reference) ?? null;
  }

  /** The binding a name would have at the site; null when there is none (or only a global). */
  lookup(name: string, site: Node): Binding | null {
    let found = this.#byScope.get(site)?.get(name);
    if (found) return found;
    for (const ancestor of ancestors(site)) {
      found = this.#byScope.get(ancestor)?.get(name);
      if (found) return found;
    }
    return null;
  }

  /** Bindings that can be read at the site, innermost first; `let` and `const` only after their declaration. */
  visible(site: Node): readonly Binding[] {
    let found = this.#visible.get(site);
    if (!found) this.#visible.set(site, (found = this.#visibleAt(site)));
    return found;
  }

  #visibleAt(site: Node): Binding[] {
    const seen = new Set<string>();
    const found: Binding[] = [];
    const home = enclosingFunction(site);
    for (const ancestor of ancestors(site)) {
      for (const binding of this.#byScope.get(ancestor)?.values() ?? []) {
        if (seen.has(binding.name)) continue;
        seen.add(binding.name);
        if (isInitialised(binding, site, home)) found.push(binding);
      }
    }
    return found;
  }

  #declare(node: Node): void {
    switch (node.type) {
      case "VariableDeclaration": {
        const scope = scopeOf(node, node.kind === "var");
        const role = node.kind === "var" ? "var" : node.kind === "let" ? "let" : "const";
        for (const declarator of node.declarations) {
          for (const identifier of patternIdentifiers(declarator.id)) this.#add(identifier, role, declarator, scope);
        }
        return;
      }
      case "FunctionDeclaration":
        if (node.id) this.#add(node.id, "function", node, scopeOf(node, false));
        this.#declareParameters(node);
        return;
      case "FunctionExpression":
        if (node.id) this.#add(node.id, "function", node, node);
        this.#declareParameters(node);
        return;
      case "ArrowFunctionExpression":
        this.#declareParameters(node);
        return;
      case "ClassDeclaration":
        if (node.id) this.#add(node.id, "class", node, scopeOf(node, false));
        return;
      case "ClassExpression":
        if (node.id) this.#add(node.id, "class", node, node);
        return;
      case "CatchClause":
        if (node.param) {
          for (const identifier of patternIdentifiers(node.param)) this.#add(identifier, "catch", node, node);
        }
        return;
      case "ImportSpecifier":
      case "ImportDefaultSpecifier":
      case "ImportNamespaceSpecifier": {
        const declaration = node.parent;
        const typeOnly =
          (node.type === "ImportSpecifier" && node.importKind === "type") ||
          (declaration?.type === "ImportDeclaration" && declaration.importKind === "type");
        if (!typeOnly) this.#add(node.local, "import", node, scopeOf(node, true));
        return;
      }
      default:
    }
  }

  #declareParameters(node: FunctionNode): void {
    for (const parameter of node.params) {
      for (const identifier of patternIdentifiers(parameter)) this.#add(identifier, "parameter", node, node);
    }
  }

  #add(identifier: IdentifierNode, role: BindingRole, declaration: Node, scope: Node): void {
    let names = this.#byScope.get(scope);
    if (!names) this.#byScope.set(scope, (names = new Map()));
    if (names.has(identifier.name)) return;
    const binding: Binding = { name: identifier.name, role, identifier, declaration, scope, references: [] };
    names.set(identifier.name, binding);
    this.bindings.push(binding);
  }
}

function scopeOf(node: Node, functionScope: boolean): Node {
  let last = node;
  for (const ancestor of ancestors(node)) {
    last = ancestor;
    if (functionScope ? isFunction(ancestor) || ancestor.type === "StaticBlock" : opensScope(ancestor)) return ancestor;
  }
  return last;
}

function isInitialised(binding: Binding, site: Node, home: FunctionNode | null): boolean {
  switch (binding.role) {
    case "function":
    case "import":
      return true;
    case "parameter":
      return binding.identifier.end <= site.start;
    case "catch":
      return true;
    default: {
      const declaration = binding.declaration;
      // A nested function usually runs after the whole outer body; the declaration itself must not read its own name.
      if (site.start >= declaration.start && site.end <= declaration.end) return binding.role === "class";
      return declaration.end <= site.start || enclosingFunction(declaration) !== home;
    }
  }
}
