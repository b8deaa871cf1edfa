import {
  type FunctionNode,
  type Node,
  type NodeOf,
  calleeName,
  isFunction,
  ownDescendants,
  staticName,
} from "./ast.ts";
import {
  CONSTRUCTED,
  type Kind,
  MEMBER_HINTS,
  METHOD_RESULTS,
  entry,
  ofDocumentedType,
  ofType,
} from "./kind-tables.ts";
import type { Binding, Scopes } from "./scope.ts";

export { type Kind, compatible } from "./kind-tables.ts";

/** Guesses for expressions and bindings of one file, each made once. */
export class Kinds {
  readonly #scopes: Scopes;
  readonly #documented: (binding: Binding) => string | null;
  readonly #bindings = new Map<Binding, Kind>();
  readonly #busy = new Set<Binding>();
  readonly #returns = new Map<FunctionNode, Kind>();

  /** `documented` gives the text of a `@param {…}` for a parameter, when there is one. */
  constructor(scopes: Scopes, documented: (binding: Binding) => string | null) {
    this.#scopes = scopes;
    this.#documented = documented;
  }

  /** Guess for a binding: annotation, initialiser, assignments, then usage. */
  ofBinding(binding: Binding): Kind {
    const known = this.#bindings.get(binding);
    if (known) return known;
    if (this.#busy.has(binding)) return "unknown";
    this.#busy.add(binding);
    const kind = this.#guess(binding);
    this.#busy.delete(binding);
    this.#bindings.set(binding, kind);
    return kind;
  }

  /** Guess for an expression. */
  of(node: Node): Kind {
    switch (node.type) {
      case "Literal":
        if (node.value === null) return "regex" in node ? "regexp" : "nothing";
        if ("regex" in node) return "regexp";
        return typeof node.value === "bigint" ? "number" : (typeof node.value as Kind);
      case "TemplateLiteral":
        return "string";
      case "ArrayExpression":
        return "array";
      case "ObjectExpression":
        return "object";
      case "ArrowFunctionExpression":
      case "FunctionExpression":
      case "ClassExpression":
        return "function";
      case "Identifier":
        return this.#ofIdentifier(node);
      case "UnaryExpression":
        if (node.operator === "!" || node.operator === "delete") return "boolean";
        if (node.operator === "typeof") return "string";
        return node.operator === "void" ? "nothing" : "number";
      case "UpdateExpression":
        return "number";
      case "BinaryExpression":
        return this.#ofBinary(node);
      case "LogicalExpression": {
        const right = this.of(node.right);
        return right === "unknown" || right === "nothing" ? this.of(node.left) : right;
      }
      case "ConditionalExpression": {
        const consequent = this.of(node.consequent);
        return consequent === "unknown" || consequent === "nothing" ? this.of(node.alternate) : consequent;
      }
      case "AssignmentExpression":
        return this.of(node.right);
      case "SequenceExpression":
        return this.of(node.expressions.at(-1)!);
      case "AwaitExpression": {
        const kind = this.of(node.argument);
        return kind === "promise" ? "unknown" : kind;
      }
      case "ChainExpression":
      case "TSNonNullExpression":
      case "TSSatisfiesExpression":
      case "TSInstantiationExpression":
        return this.of(node.expression);
      case "TSAsExpression":
      case "TSTypeAssertion":
        return ofType(node.typeAnnotation);
      case "NewExpression":
        return entry(CONSTRUCTED, calleeName(node)) ?? "object";
      case "CallExpression":
        return this.#ofCall(node);
      case "MemberExpression":
        return this.#ofMember(node);
      default:
        return "unknown";
    }
  }

  /** What the function returns, from its annotation or its returned expressions. */
  ofReturn(node: Node): Kind {
    if (!isFunction(node)) return "unknown";
    let known = this.#returns.get(node);
    if (known) return known;
    // Until it is known: what a recursive function returns to itself says nothing.
    this.#returns.set(node, "unknown");
    known = this.#ofReturn(node);
    this.#returns.set(node, known);
    return known;
  }

  #ofReturn(node: FunctionNode): Kind {
    if (node.async) return "promise";
    if (node.returnType) return ofType(node.returnType.typeAnnotation);
    if (node.body && node.body.type !== "BlockStatement") return this.of(node.body);
    for (const inner of ownDescendants(node)) {
      if (inner.type !== "ReturnStatement" || !inner.argument) continue;
      const kind = this.of(inner.argument);
      if (kind !== "unknown" && kind !== "nothing") return kind;
    }
    return "unknown";
  }

  #ofIdentifier(node: NodeOf<"Identifier">): Kind {
    if (node.name === "undefined") return "nothing";
    if (node.name === "NaN" || node.name === "Infinity") return "number";
    const binding = this.#scopes.resolve(node);
    return binding ? this.ofBinding(binding) : "unknown";
  }

  #ofBinary(node: NodeOf<"BinaryExpression">): Kind {
    if (/^([=!]==?|[<>]=?|in|instanceof)$/.test(node.operator)) return "boolean";
    if (node.operator !== "+") return "number";
    const left = this.of(node.left);
    const right = this.of(node.right as Node);
    if (left === "string" || right === "string") return "string";
    return left === "number" || right === "number" ? "number" : "unknown";
  }

  #ofCall(node: NodeOf<"CallExpression">): Kind {
    const callee = node.callee;
    if (callee.type === "Identifier") {
      if (callee.name === "String") return "string";
      const binding = this.#scopes.resolve(callee);
      if (!binding) return entry(METHOD_RESULTS, callee.name) ?? entry(CONSTRUCTED, callee.name) ?? "unknown";
      if (this.#busy.has(binding)) return "unknown";
      this.#busy.add(binding);
      const declaration = binding.declaration;
      const body = declaration.type === "VariableDeclarator" && declaration.init ? declaration.init : declaration;
      const kind = this.ofReturn(body);
      this.#busy.delete(binding);
      return kind;
    }
    const name = calleeName(node);
    if (callee.type === "MemberExpression" && (name === "slice" || name === "concat")) return this.of(callee.object);
    if (name === "parse" && callee.type === "MemberExpression" && staticName(callee.object) === "JSON")
      return "unknown";
    return entry(METHOD_RESULTS, name) ?? "unknown";
  }

  #ofMember(node: NodeOf<"MemberExpression">): Kind {
    if (node.computed) return this.of(node.object) === "string" ? "string" : "unknown";
    const name = staticName(node.property);
    return name === "length" || name === "size" ? "number" : "unknown";
  }

  #guess(binding: Binding): Kind {
    const annotation = binding.identifier.typeAnnotation;
    if (annotation) {
      const kind = ofType(annotation.typeAnnotation);
      if (kind !== "unknown") return kind;
    }
    if (binding.role === "function" || binding.role === "class") return "function";
    const documented = this.#documented(binding);
    if (documented !== null) {
      const kind = ofDocumentedType(documented);
      if (kind !== "unknown") return kind;
    }
    const initial = this.#ofInitial(binding);
    if (initial !== "unknown" && initial !== "nothing") return initial;
    for (const reference of binding.references) {
      const parent = reference.parent;
      if (parent?.type === "AssignmentExpression" && parent.left === reference && parent.operator === "=") {
        const kind = this.of(parent.right);
        if (kind !== "unknown" && kind !== "nothing") return kind;
      }
    }
    for (const reference of binding.references) {
      const kind = this.#usage(reference);
      if (kind !== "unknown") return kind;
    }
    return "unknown";
  }

  #ofInitial(binding: Binding): Kind {
    const { identifier, declaration } = binding;
    const parent = identifier.parent;
    if (parent?.type === "AssignmentPattern" && parent.left === identifier) return this.of(parent.right);
    if (parent?.type === "RestElement") return parent.parent?.type === "ObjectPattern" ? "object" : "array";
    if (declaration.type === "VariableDeclarator" && declaration.id === identifier) {
      if (declaration.init) return this.of(declaration.init);
      const loop = declaration.parent?.parent;
      if (loop?.type === "ForInStatement") return "string";
      if (loop?.type === "ForOfStatement") return this.#element(loop.right);
    }
    if (binding.role === "parameter" && parent && isFunction(parent)) {
      return this.#callbackParameter(parent, parent.params.indexOf(identifier as never));
    }
    return "unknown";
  }

  #element(iterated: Node): Kind {
    if (this.of(iterated) === "string") return "string";
    if (iterated.type === "CallExpression") {
      const name = calleeName(iterated);
      if (name === "split" || (name === "keys" && iterated.arguments.length === 1)) return "string";
      if (name === "entries") return "array";
    }
    if (iterated.type === "ArrayExpression" && iterated.elements[0]) return this.of(iterated.elements[0]);
    if (iterated.type === "Identifier") {
      const declared = this.#scopes.resolve(iterated)?.identifier.typeAnnotation?.typeAnnotation;
      if (declared?.type === "TSArrayType") return ofType(declared.elementType);
      const init = this.#scopes.resolve(iterated)?.declaration;
      if (init?.type === "VariableDeclarator" && init.init && init.init.type !== "Identifier")
        return this.#element(init.init);
    }
    return "unknown";
  }

  #callbackParameter(callback: Node, index: number): Kind {
    const call = callback.parent;
    if (call?.type !== "CallExpression" || call.arguments[0] !== callback) return "unknown";
    const callee = call.callee;
    if (callee.type !== "MemberExpression") return "unknown";
    const name = calleeName(call);
    if (name === "reduce" || name === "reduceRight") {
      if (index === 0) return call.arguments[1] ? this.of(call.arguments[1]) : this.#element(callee.object);
      return index === 1 ? this.#element(callee.object) : "number";
    }
    if (/^(map|filter|forEach|some|every|find|findIndex|flatMap)$/.test(name ?? "")) {
      return index === 0 ? this.#element(callee.object) : index === 1 ? "number" : "array";
    }
    return name === "sort" ? this.#element(callee.object) : "unknown";
  }

  #usage(reference: Node): Kind {
    const parent = reference.parent;
    if (!parent) return "unknown";
    switch (parent.type) {
      case "UpdateExpression":
        return "number";
      case "BinaryExpression": {
        if (/^[-*/%]|\*\*$/.test(parent.operator)) return "number";
        const other = parent.left === reference ? parent.right : parent.left;
        if (/^[<>]=?$/.test(parent.operator)) return this.of(other as Node) === "string" ? "string" : "number";
        if (!/^[=!]==?$|^\+$/.test(parent.operator)) return "unknown";
        const kind = this.of(other as Node);
        return kind === "number" || kind === "string" || kind === "boolean" ? kind : "unknown";
      }
      case "AssignmentExpression":
        return /^[-*/%]=$/.test(parent.operator) ? "number" : "unknown";
      case "UnaryExpression":
        return parent.operator === "-" || parent.operator === "+" ? "number" : "unknown";
      case "CallExpression":
        return parent.callee === reference ? "function" : "unknown";
      case "ForOfStatement":
      case "SpreadElement":
        return parent.type === "ForOfStatement" || parent.parent?.type !== "ObjectExpression" ? "array" : "object";
      case "MemberExpression": {
        if (parent.object !== reference) return this.of(parent.object) === "array" ? "number" : "unknown";
        if (parent.computed) return this.of(parent.property) === "number" ? "array" : "unknown";
        const name = staticName(parent.property);
        const hint = entry(MEMBER_HINTS, name);
        if (hint) return hint;
        if (name === "length" || name === "slice" || name === "indexOf" || name === "includes") return "unknown";
        return name === "has" || name === "delete" || name === "size" || name === "get" ? "unknown" : "object";
      }
      default:
        return "unknown";
    }
  }
}
