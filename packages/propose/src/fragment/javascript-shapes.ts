import { GLOBALS, patternIdentifiers, type Binding } from "../syntax/javascript/scope.ts";
import {
  enclosingClass,
  isFunction,
  isString,
  type IdentifierNode,
  type Node,
  type NodeOf,
} from "../syntax/javascript/ast.ts";
import type { SourceFile } from "../syntax/javascript/source-file.ts";
import { kindOf } from "./javascript-constants.ts";
import {
  CALLBACK_METHODS,
  KIND_BY_MEMBER,
  LIST_METHODS,
  ONE_ELEMENT,
  SAME_LIST,
  SEQUENCE_METHODS,
  STRING_METHODS,
} from "./javascript-methods.ts";
import { isCallee, isCallOf, isForeign, isPattern, isText, memberName, unwrapped } from "./javascript-nodes.ts";
import { noteUse, type ValueFlow } from "./javascript-uses.ts";
import { ShapeNode } from "./shape-graph.ts";

/** Reaches outside of the box, or belongs to a browser: a name like any other that is missing. */
const NOT_HERE = new Set(["fetch"]);

/** Finds out what the undefined names of a program must be able to do, by following them through its variables. */
export class JavaScriptShapes {
  readonly roots = new Map<string, ShapeNode>();
  readonly #file: SourceFile;
  readonly #bindings = new Map<Binding, ShapeNode>();
  readonly #shapes = new Map<Node, ShapeNode | null>();

  /** `counts` says which nodes belong to the fragment; missing modules are those that could not be loaded. */
  constructor(file: SourceFile, counts: (node: Node) => boolean, missingModules: ReadonlySet<string>) {
    this.#file = file;
    const nodes = file.nodes.filter(counts);
    for (const node of nodes) if (isCallee(node)) this.#call(node, missingModules);
    const flow: ValueFlow = {
      of: (node) => this.#of(node),
      destructure: (pattern, value) => this.#destructure(pattern, value),
      text: (node) => file.text(node),
    };
    for (const node of nodes) noteUse(node, flow);
  }

  /** Shapes of the parameters of a function, in order. */
  parameters(of: Node): readonly ShapeNode[] {
    return isFunction(of) ? of.params.map((parameter) => this.#pattern(parameter as Node)) : [];
  }

  root(name: string): ShapeNode {
    let found = this.roots.get(name);
    if (found === undefined) this.roots.set(name, (found = new ShapeNode(name)));
    return found.self;
  }

  /** The shape of an expression that something undefined may flow into; null where nothing does. */
  #of(node: Node | null | undefined): ShapeNode | null {
    if (node === null || node === undefined) return null;
    if (!this.#shapes.has(node)) {
      this.#shapes.set(node, null); // an expression that refers to itself ends here
      const shape = this.#find(node);
      shape?.self.lines.add(this.#file.lineOf(node.start));
      this.#shapes.set(node, shape);
    }
    return this.#shapes.get(node)?.self ?? null;
  }

  #find(node: Node): ShapeNode | null {
    switch (node.type) {
      case "Identifier":
        return this.#identifier(node);
      case "ThisExpression":
        return this.#this(node);
      case "MemberExpression":
        return this.#member(node);
      case "CallExpression":
      case "NewExpression":
        return this.#result(node);
      case "AwaitExpression": {
        const awaited = this.#of(node.argument);
        return awaited !== null && (awaited.hints.get("promise") ?? 0) > 0 ? awaited.element : awaited;
      }
      case "ChainExpression":
      case "TSAsExpression":
      case "TSNonNullExpression":
      case "TSSatisfiesExpression":
        return this.#of(node.expression as Node);
      case "LogicalExpression":
        return this.#of(node.left) ?? this.#of(node.right);
      case "ConditionalExpression":
        return this.#of(node.consequent) ?? this.#of(node.alternate);
      case "AssignmentExpression":
        return this.#of(node.right);
      default:
        return null;
    }
  }

  /** `this` of a class of the fragment is its own; elsewhere it is missing. */
  #this(node: Node): ShapeNode {
    const type = enclosingClass(node);
    if (type === null) return this.root("this");
    const known = this.#shapes.get(type) ?? new ShapeNode("this");
    this.#shapes.set(type, known);
    return known.self;
  }

  #identifier(node: IdentifierNode): ShapeNode | null {
    const binding = this.#file.scopes.resolve(node) ?? this.#file.scopes.lookup(node.name, node);
    if (binding !== null) return this.#binding(binding);
    return GLOBALS.has(node.name) && !NOT_HERE.has(node.name) ? null : this.root(node.name);
  }

  #binding(binding: Binding): ShapeNode | null {
    const known = this.#bindings.get(binding);
    if (known !== undefined) return known.self;
    if (binding.role === "function" || binding.role === "class" || binding.role === "import") return null;
    const shape = new ShapeNode(binding.name);
    this.#bindings.set(binding, shape);
    const { declaration } = binding;
    if (declaration.type === "VariableDeclarator" && declaration.init) {
      const value = this.#of(declaration.init);
      if (value === null && !isPattern(declaration.id)) {
        // A value of the fragment's own, such as `[]`: nothing to predict.
        return shape;
      }
      if (value !== null) this.#destructure(declaration.id, value);
    }
    return shape.self;
  }

  /** Joins what a pattern declares with the parts of a value. */
  #destructure(pattern: Node, value: ShapeNode): void {
    switch (pattern.type) {
      case "Identifier": {
        const binding = this.#file.scopes.lookup(pattern.name, pattern);
        if (binding === null) return;
        value.self.name ||= pattern.name;
        const known = this.#bindings.get(binding);
        if (known === undefined) this.#bindings.set(binding, value.self);
        else value.join(known);
        return;
      }
      case "ObjectPattern":
        for (const property of pattern.properties) {
          if (property.type !== "Property") continue;
          const name =
            property.key.type === "Identifier" ? property.key.name : isString(property.key) ? property.key.value : null;
          if (name !== null) this.#destructure(property.value, value.member(name));
        }
        return;
      case "ArrayPattern":
        value.hint("list", 2);
        for (const element of pattern.elements) if (element !== null) this.#destructure(element, value.element);
        return;
      case "AssignmentPattern":
        kindOf(pattern.right, value);
        this.#destructure(pattern.left, value);
        return;
      case "RestElement":
        value.hint("list", 2);
        return;
      default:
    }
  }

  /** A parameter or loop variable as one shape. */
  #pattern(pattern: Node): ShapeNode {
    const shape = new ShapeNode();
    if (pattern.type === "RestElement") {
      shape.hint("list", 3);
      this.#destructure(pattern.argument, shape);
    } else this.#destructure(pattern, shape);
    const [identifier] = patternIdentifiers(pattern);
    if (pattern.type === "Identifier" || pattern.type === "AssignmentPattern")
      shape.self.name ||= identifier?.name ?? "";
    return shape.self;
  }

  #member(node: NodeOf<"MemberExpression">): ShapeNode | null {
    const object = this.#of(node.object);
    if (object === null) return null;
    const name = memberName(node);
    if (name === null) {
      const index = node.property;
      if (isText(index)) return object.keyed;
      this.#of(index)?.hint("number", 0.5);
      return object.element;
    }
    const kind = KIND_BY_MEMBER[name];
    const called = isCallOf(node);
    if (kind !== undefined && (called || kind === "promise") && !isForeign(node, name)) {
      object.hint(kind, 2);
      return null;
    }
    if (name === "length") {
      object.hint("list", 0.6);
      object.hint("string", 0.5);
      return null;
    }
    if (SEQUENCE_METHODS.has(name) && called) {
      object.hint("list", 0.6);
      object.hint("string", 0.5);
      return null;
    }
    return object.member(name);
  }

  #result(node: NodeOf<"CallExpression"> | NodeOf<"NewExpression">): ShapeNode | null {
    const callee = unwrapped(node.callee);
    if (callee.type === "MemberExpression") {
      const name = memberName(callee);
      const object = this.#of(callee.object);
      if (object !== null && name !== null && !isForeign(callee, name)) {
        if (SAME_LIST.has(name)) return object;
        if (ONE_ELEMENT.has(name)) return object.element;
        if (name === "then") return object.element;
        if (LIST_METHODS.has(name) || STRING_METHODS.has(name) || SEQUENCE_METHODS.has(name)) return null;
      }
    }
    const called = this.#of(callee);
    return called === null ? null : called.returns;
  }

  /** What a call says about its object and its arguments; before anything else, since it ties parameters to elements. */
  #call(node: NodeOf<"CallExpression"> | NodeOf<"NewExpression">, missing: ReadonlySet<string>): void {
    const callee = unwrapped(node.callee);
    const [first] = node.arguments;
    if (callee.type === "Identifier" && callee.name === "require" && isString(first) && missing.has(first.value)) {
      this.#shapes.set(node, this.root(`require(${JSON.stringify(first.value)})`));
      return;
    }
    if (callee.type !== "MemberExpression") return;
    const name = memberName(callee);
    const object = this.#of(callee.object);
    if (object === null || name === null || first === undefined) return;
    const takes = isFunction(first as Node) ? (first as NodeOf<"ArrowFunctionExpression">) : null;
    if (CALLBACK_METHODS.has(name) && takes !== null) {
      const skipped = name.startsWith("reduce") ? 1 : 0;
      const both = name === "sort" || name === "toSorted";
      for (const parameter of takes.params.slice(skipped, both ? 2 : skipped + 1))
        this.#destructure(parameter as Node, object.element);
    }
    if (name === "then" && takes !== null && takes.params[0] !== undefined)
      this.#destructure(takes.params[0] as Node, object.element);
    if (name === "push" || name === "unshift" || name === "includes" || name === "indexOf")
      kindOf(first as Node, object.element);
  }
}
