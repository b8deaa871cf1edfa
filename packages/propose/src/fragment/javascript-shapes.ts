import { GLOBALS, patternIdentifiers, type Binding } from "../syntax/javascript/scope.ts";
import {
  enclosingClass,
  isFunction,
  isNumber,
  isReference,
  isString,
  staticName,
  type IdentifierNode,
  type Node,
  type NodeOf,
} from "../syntax/javascript/ast.ts";
import type { SourceFile } from "../syntax/javascript/source-file.ts";
import {
  CALLBACK_METHODS,
  COLLECTION_MEMBERS,
  KIND_BY_MEMBER,
  LIST_METHODS,
  ONE_ELEMENT,
  SAME_LIST,
  SEQUENCE_METHODS,
  STRING_METHODS,
} from "./javascript-methods.ts";
import { ShapeNode } from "./shape-graph.ts";

/** Reaches outside of the box, or belongs to a browser: a name like any other that is missing. */
const NOT_HERE = new Set(["fetch"]);
const NUMERIC = new Set(["-", "*", "/", "%", "**", "<", ">", "<=", ">=", "|", "&", "^", "<<", ">>", ">>>"]);
const EQUALITY = new Set(["===", "==", "!==", "!="]);

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
    for (const node of nodes) this.#visit(node);
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
        this.#kindOf(pattern.right, value);
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
      this.#kindOf(first as Node, object.element);
  }

  #visit(node: Node): void {
    switch (node.type) {
      case "Identifier":
      case "MemberExpression":
      case "ThisExpression":
      case "VariableDeclarator":
        // `typeof` of what is not defined is no error.
        if (node.type === "Identifier" && (!isReference(node) || isAskedFor(node))) return;
        if (node.type === "VariableDeclarator") {
          const value = this.#of(node.init);
          if (value !== null) this.#destructure(node.id, value);
        } else this.#of(node);
        return;
      case "CallExpression":
      case "NewExpression":
        this.#of(node);
        this.#callee(node);
        return;
      case "BinaryExpression":
        return this.#binary(node);
      case "UpdateExpression":
        return this.#of(node.argument)?.hint("number", 2);
      case "UnaryExpression":
        if (node.operator === "-" || node.operator === "+" || node.operator === "~")
          this.#of(node.argument)?.hint("number", 1);
        if (node.operator === "!") this.#of(node.argument)?.hint("boolean", 0.2);
        return;
      case "AssignmentExpression":
        return this.#assignment(node);
      case "ForOfStatement": {
        const list = this.#of(node.right);
        if (list === null) return;
        list.hint("list", 2);
        const { left } = node;
        const target = left.type === "VariableDeclaration" ? left.declarations[0]?.id : left;
        if (target !== undefined) this.#destructure(target as Node, list.element);
        return;
      }
      case "ForInStatement":
        return this.#of(node.right)?.hint("dictionary", 2);
      case "SpreadElement":
        return this.#of(node.argument)?.hint(node.parent?.type === "ObjectExpression" ? "record" : "list", 1.5);
      case "IfStatement":
      case "WhileStatement":
      case "ConditionalExpression":
        return this.#of(node.test)?.hint("boolean", 0.2);
      case "SwitchStatement":
        for (const { test } of node.cases) if (test !== null) this.#literal(test, this.#of(node.discriminant), 1);
        return;
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#of(node.superClass)?.hint("error", 9);
      default:
    }
  }

  #callee(node: NodeOf<"CallExpression"> | NodeOf<"NewExpression">): void {
    const callee = unwrapped(node.callee);
    const [first] = node.arguments as readonly Node[];
    const argument = this.#of(first);
    const text = callee.type === "Identifier" || callee.type === "MemberExpression" ? this.#file.text(callee) : "";
    if (/^Math\.|^Number$|^isNaN$|^Number\.isInteger$/.test(text)) argument?.hint("number", 2);
    else if (/^(?:parseInt|parseFloat|JSON\.parse|encodeURIComponent|decodeURIComponent|String\.raw|URL)$/.test(text))
      argument?.hint("string", 2);
    else if (/^Object\.(?:keys|values|entries|assign|freeze)$/.test(text)) argument?.hint("dictionary", 1.5);
    else if (/^(?:Array\.from|Array\.isArray|Set|Promise\.all(?:Settled)?)$/.test(text)) argument?.hint("list", 1.5);
    else if (/^(?:setTimeout|setInterval|queueMicrotask|setImmediate)$/.test(text)) argument?.hint("function", 2);
    if (text.startsWith("Math."))
      for (const other of node.arguments.slice(1)) this.#of(other as Node)?.hint("number", 2);
  }

  #binary(node: NodeOf<"BinaryExpression">): void {
    const [left, right] = [node.left as Node, node.right];
    const sides = [
      [left, right],
      [right, left],
    ] as const;
    for (const [side, other] of sides) {
      const shape = this.#of(side);
      if (shape === null) continue;
      if (EQUALITY.has(node.operator)) this.#literal(other, shape, 1.5);
      else if (NUMERIC.has(node.operator)) {
        if (isText(other)) shape.hint("string", 1.5);
        else shape.hint("number", node.operator.length === 1 && "<>".includes(node.operator) ? 1 : 1.5);
        if (isNumber(other)) shape.literals.push(other.value);
      } else if (node.operator === "+") {
        if (isNumber(other)) shape.hint("number", 1.5);
        else if (isText(other)) shape.hint("string", 0.4);
        else shape.hint("number", 0.3);
      }
    }
    if (node.operator === "in") this.#of(right)?.hint("dictionary", 2);
    if (node.operator === "instanceof") this.#of(right)?.hint("function", 3);
  }

  #assignment(node: NodeOf<"AssignmentExpression">): void {
    const target = node.left as Node;
    if (node.operator === "=") {
      const value = this.#of(node.right);
      if (target.type === "ObjectPattern" || target.type === "ArrayPattern") {
        if (value !== null) this.#destructure(target, value);
      } else if (value === null) {
        const into = this.#of(target);
        if (into !== null) this.#kindOf(node.right, into, 0.5);
      } else this.#of(target)?.join(value);
      return;
    }
    const shape = this.#of(target);
    if (node.operator === "+=") {
      if (shape !== null) this.#kindOf(node.right, shape, 1);
      if (shape !== null && !isText(node.right)) shape.hint("number", 0.6);
    } else if (/^[-*/%]/.test(node.operator)) {
      shape?.hint("number", 2);
      this.#of(node.right)?.hint("number", 1.5);
    }
  }

  /** Takes the kind of a constant over. */
  #kindOf(node: Node, shape: ShapeNode, weight = 1): void {
    if (isNumber(node)) shape.hint("number", weight);
    else if (isText(node)) shape.hint("string", weight);
    else if (node.type === "Literal" && typeof node.value === "boolean") shape.hint("boolean", weight);
    else if (node.type === "ArrayExpression") shape.hint("list", weight);
    else if (node.type === "ObjectExpression") shape.hint("record", weight);
    else if (isFunction(node)) shape.hint("function", weight);
  }

  #literal(node: Node, shape: ShapeNode | null, weight: number): void {
    if (shape === null) return;
    if (isNumber(node) || isString(node)) {
      shape.literals.push(node.value);
      shape.hint(isNumber(node) ? "number" : "string", weight);
    } else this.#kindOf(node, shape, weight);
  }
}

/** Maps and sets are told by having no members but theirs. Call once all is known. */
export function settleCollections(shape: ShapeNode, seen = new Set<ShapeNode>()): void {
  const self = shape.self;
  if (seen.has(self)) return;
  seen.add(self);
  for (const member of self.members.values()) settleCollections(member, seen);
  const names = [...self.members.keys()];
  if (names.length === 0 || !names.every((name) => COLLECTION_MEMBERS.has(name))) return;
  if (names.includes("add")) self.hint("set", 4);
  else if (names.includes("set") || names.includes("has")) self.hint("map", 4);
  else return;
  const given = self.members.get("get");
  if (given !== undefined) self.keyed.join(given.returns);
}

function isPattern(node: Node): boolean {
  return node.type === "ObjectPattern" || node.type === "ArrayPattern";
}

function isCallee(node: Node): node is NodeOf<"CallExpression"> | NodeOf<"NewExpression"> {
  return node.type === "CallExpression" || node.type === "NewExpression";
}

function unwrapped(node: Node): Node {
  return node.type === "ChainExpression" ? unwrapped(node.expression as Node) : node;
}

function isCallOf(member: NodeOf<"MemberExpression">): boolean {
  const { parent } = member;
  return parent !== undefined && parent !== null && parent.type === "CallExpression" && parent.callee === member;
}

/** A method that lists have too, but called with something else than a function. */
function isForeign(member: NodeOf<"MemberExpression">, name: string): boolean {
  if (!CALLBACK_METHODS.has(name) || name === "sort" || name === "toSorted") return false;
  const call = member.parent;
  if (call?.type !== "CallExpression") return true;
  const [first] = call.arguments;
  return (
    first === undefined ||
    !["ArrowFunctionExpression", "FunctionExpression", "Identifier", "MemberExpression"].includes(first.type)
  );
}

function isText(node: Node): boolean {
  return isString(node) || node.type === "TemplateLiteral";
}

function isAskedFor({ parent }: IdentifierNode): boolean {
  return parent?.type === "UnaryExpression" && parent.operator === "typeof";
}

/** `m` of `o.m` and `o["m"]`. */
function memberName(node: NodeOf<"MemberExpression">): string | null {
  if (!node.computed) return staticName(node.property as Node);
  return isString(node.property) ? node.property.value : null;
}
