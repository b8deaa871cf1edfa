import { type Node, type Program, visitorKeys } from "oxc-parser";

export type { Node, Program };

/** Members of the node union whose `type` can be one of K. */
export type NodeOf<K extends Node["type"]> = Node extends infer N
  ? N extends Node
    ? [Extract<K, N["type"]>] extends [never]
      ? never
      : N
    : never
  : never;

export type FunctionNode = NodeOf<"FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression">;
export type LoopNode = NodeOf<
  "ForStatement" | "ForInStatement" | "ForOfStatement" | "WhileStatement" | "DoWhileStatement"
>;
export type IdentifierNode = NodeOf<"Identifier">;
export type StatementNode = NodeOf<StatementType>;

export interface Span {
  readonly start: number;
  readonly end: number;
}

const STATEMENT_TYPES = [
  "BlockStatement",
  "BreakStatement",
  "ContinueStatement",
  "DebuggerStatement",
  "DoWhileStatement",
  "EmptyStatement",
  "ExpressionStatement",
  "ForInStatement",
  "ForOfStatement",
  "ForStatement",
  "IfStatement",
  "LabeledStatement",
  "ReturnStatement",
  "SwitchStatement",
  "ThrowStatement",
  "TryStatement",
  "WhileStatement",
  "VariableDeclaration",
  "FunctionDeclaration",
  "ClassDeclaration",
] as const;
type StatementType = (typeof STATEMENT_TYPES)[number];

const STATEMENTS: ReadonlySet<string> = new Set(STATEMENT_TYPES);
const FUNCTIONS: ReadonlySet<string> = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
]);
const LOOPS: ReadonlySet<string> = new Set([
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "WhileStatement",
  "DoWhileStatement",
]);
/** TypeScript nodes that hold run-time code; all other `TS…` nodes are types and are left alone. */
const TYPESCRIPT_VALUES: ReadonlySet<string> = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "TSParameterProperty",
  "TSExportAssignment",
  "TSModuleDeclaration",
  "TSModuleBlock",
]);

export function isStatement(node: Node): node is StatementNode {
  return STATEMENTS.has(node.type);
}

export function isFunction(node: Node): node is FunctionNode {
  return FUNCTIONS.has(node.type);
}

export function isLoop(node: Node): node is LoopNode {
  return LOOPS.has(node.type);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

function isType(node: Node): boolean {
  return (node.type.startsWith("TS") || node.type.startsWith("JSDoc")) && !TYPESCRIPT_VALUES.has(node.type);
}

/** Direct children that hold run-time code, in source order. */
export function children(node: Node): Node[] {
  const fields = node as unknown as Record<string, unknown>;
  const found: Node[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const value = fields[key];
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child) && !isType(child)) found.push(child);
    }
  }
  return found;
}

export interface LinkedTree {
  /** Every run-time node, in source order, parents before children. */
  readonly nodes: readonly Node[];
  /** Spans with the parentheses around them, of the nodes that have some. */
  readonly parenthesised: ReadonlyMap<Node, Span>;
}

/**
 * Sets `parent` links and takes the parentheses out of the tree (their spans are kept apart), so that
 * operators match shapes and never meet `((a))`. Types are not linked.
 */
export function linkTree(program: Program): LinkedTree {
  const nodes: Node[] = [];
  const parenthesised = new Map<Node, Span>();
  const unwrap = (value: unknown): unknown => {
    if (!isNode(value) || value.type !== "ParenthesizedExpression") return value;
    let inner: Node = value;
    while (inner.type === "ParenthesizedExpression") inner = inner.expression;
    parenthesised.set(inner, { start: value.start, end: value.end });
    return inner;
  };
  const link = (node: Node): void => {
    nodes.push(node);
    const fields = node as unknown as Record<string, unknown>;
    for (const key of visitorKeys[node.type] ?? []) {
      const value = fields[key];
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i += 1) value[i] = unwrap(value[i]);
      } else if (isNode(value)) {
        fields[key] = unwrap(value);
      }
    }
    for (const child of children(node)) {
      child.parent = node;
      link(child);
    }
  };
  link(program);
  // Stable: only children that the key order gives out of order (template literals) move.
  nodes.sort((a, b) => a.start - b.start);
  return { nodes, parenthesised };
}

/** Ancestors from the parent upwards. */
export function* ancestors(node: Node): Generator<Node> {
  for (let at = node.parent ?? null; at !== null; at = at.parent ?? null) yield at;
}

/** The function whose body or parameters hold the node; null at module level. */
export function enclosingFunction(node: Node): FunctionNode | null {
  for (const ancestor of ancestors(node)) if (isFunction(ancestor)) return ancestor;
  return null;
}

/** The loop that a `continue` at this node would continue; null outside of loops of the same function. */
export function enclosingLoop(node: Node): LoopNode | null {
  let child = node;
  for (const ancestor of ancestors(node)) {
    if (isFunction(ancestor)) return null;
    if (isLoop(ancestor) && ancestor.body === child) return ancestor;
    child = ancestor;
  }
  return null;
}

export function enclosingStatement(node: Node): StatementNode | null {
  if (isStatement(node)) return node;
  for (const ancestor of ancestors(node)) if (isStatement(ancestor)) return ancestor;
  return null;
}

export function enclosingClass(node: Node): NodeOf<"ClassDeclaration" | "ClassExpression"> | null {
  for (const ancestor of ancestors(node)) {
    if (ancestor.type === "ClassDeclaration" || ancestor.type === "ClassExpression") return ancestor;
  }
  return null;
}

/** The statements next to which this one stands, when it stands in a list. */
export function statementList(node: Node): readonly Node[] | null {
  const parent = node.parent;
  if (!parent) return null;
  if (parent.type === "BlockStatement" || parent.type === "StaticBlock" || parent.type === "Program") {
    return parent.body;
  }
  return parent.type === "SwitchCase" && node !== parent.test ? parent.consequent : null;
}

/** Everything below the node, itself included, in pre-order; `enter` may refuse to go below a node. */
export function* descendants(node: Node, enter: (node: Node) => boolean = () => true): Generator<Node> {
  yield node;
  if (!enter(node)) return;
  for (const child of children(node)) yield* descendants(child, enter);
}

/** Below the node, but not inside of nested functions. */
export function* ownDescendants(node: Node): Generator<Node> {
  for (const child of children(node)) yield* descendants(child, (inner) => !isFunction(inner));
}

/** Name of a binding, property or method when it is written out. */
export function staticName(node: Node): string | null {
  if (node.type === "Identifier" || node.type === "PrivateIdentifier") {
    return node.type === "PrivateIdentifier" ? `#${node.name}` : node.name;
  }
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  return null;
}

/** `f` of `f(…)`, `m` of `o.m(…)`. */
export function calleeName(call: NodeOf<"CallExpression" | "NewExpression">): string | null {
  const callee = call.callee;
  if (callee.type === "Identifier") return callee.name;
  if (callee.type === "MemberExpression" && !callee.computed) return staticName(callee.property);
  return null;
}

export function isNumber(node: Node | null | undefined): node is NodeOf<"Literal"> & { value: number; raw: string } {
  return node?.type === "Literal" && typeof node.value === "number" && node.raw !== null;
}

export function isString(node: Node | null | undefined): node is NodeOf<"Literal"> & { value: string; raw: string } {
  return node?.type === "Literal" && typeof node.value === "string" && node.raw !== null;
}

/** True when the identifier is read (or written) as a variable: not a declaration, property name or label. */
export function isReference(node: IdentifierNode): boolean {
  const parent = node.parent;
  if (!parent) return false;
  switch (parent.type) {
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "Property": {
      if (parent.parent?.type === "ObjectPattern") return isAssignmentPattern(parent.parent) && parent.value === node;
      return parent.value === node || (parent.computed && parent.key === node);
    }
    case "PropertyDefinition":
    case "AccessorProperty":
      return parent.value === node || (parent.computed && parent.key === node);
    case "MethodDefinition":
      return parent.computed && parent.key === node;
    case "VariableDeclarator":
      return parent.init === node;
    case "AssignmentPattern":
      return parent.right === node;
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "RestElement":
    case "CatchClause":
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
    case "ExportSpecifier":
    case "MetaProperty":
    case "TSParameterProperty":
      return false;
    case "ArrowFunctionExpression":
      return parent.body === node;
    case "ClassDeclaration":
    case "ClassExpression":
      return parent.superClass === node;
    case "ArrayPattern":
      return isAssignmentPattern(parent);
    default:
      return true;
  }
}

/** True for `[a, b] = …` and `({ a } = …)`, false for declarations. */
function isAssignmentPattern(pattern: Node): boolean {
  let child = pattern;
  for (const ancestor of ancestors(pattern)) {
    if (ancestor.type === "AssignmentExpression") return ancestor.left === child;
    if (ancestor.type === "VariableDeclarator" || isFunction(ancestor) || ancestor.type === "CatchClause") return false;
    if (isStatement(ancestor)) return false;
    child = ancestor;
  }
  return false;
}

/** Name that a parameter binds directly: `n` of `n`, `n = 1`, `n: number`; null for patterns. */
export function patternName(pattern: Node | undefined): string | null {
  if (pattern?.type === "Identifier") return pattern.name;
  if (pattern?.type === "AssignmentPattern") return patternName(pattern.left);
  return pattern?.type === "TSParameterProperty" ? patternName(pattern.parameter) : null;
}

/** True when a function calls itself by name, directly or as a method. */
export function isRecursive(node: FunctionNode): boolean {
  let known = recursive.get(node);
  if (known === undefined) recursive.set(node, (known = callsItself(node)));
  return known;
}

const recursive = new WeakMap<FunctionNode, boolean>();

function callsItself(node: FunctionNode): boolean {
  const parent = node.parent;
  const name =
    node.id?.name ??
    (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier"
      ? parent.id.name
      : parent?.type === "MethodDefinition"
        ? staticName(parent.key)
        : null);
  if (name === null || !node.body) return false;
  for (const inner of descendants(node.body)) {
    if (inner.type === "CallExpression" && calleeName(inner) === name) return true;
    if (
      inner.type === "Identifier" &&
      inner.name === name &&
      inner.parent?.type === "CallExpression" &&
      isReference(inner)
    )
      return true;
  }
  return false;
}
