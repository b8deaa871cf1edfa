import { isDocstring, isStatement } from "./statements.ts";
import type { SyntaxNode } from "./tree.ts";

/** A condition of the file, with the names it needs. */
export interface Condition {
  readonly text: string;
  readonly node: SyntaxNode | null;
  readonly names: readonly string[];
}

/** A string literal used as a key, with the text of what it is looked up in. */
export interface Key {
  readonly text: string;
  readonly container: string;
  readonly node: SyntaxNode;
}

/** What a file offers as material for edits, collected in one walk. */
export interface Inventory {
  readonly conditions: readonly Condition[];
  /** Statements that may be copied elsewhere, definitions excepted. */
  readonly statements: readonly SyntaxNode[];
  /** Attribute names by the text of their object, with how often. */
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly keys: readonly Key[];
  readonly calls: readonly SyntaxNode[];
  readonly functions: ReadonlyMap<string, SyntaxNode>;
  /** Names that are called on objects here: methods rather than attributes. */
  readonly methodNames: ReadonlySet<string>;
  /** One of each text for each function that holds it. */
  readonly numbers: readonly SyntaxNode[];
  /** Short ones, as numbers are. */
  readonly strings: readonly SyntaxNode[];
}

const CONDITION_OWNERS = new Set(["if_statement", "elif_clause", "while_statement"]);

export function inventoryOf(
  root: SyntaxNode,
  {
    functionOf,
    namesOf,
  }: {
    readonly functionOf: (node: SyntaxNode) => SyntaxNode;
    readonly namesOf: (node: SyntaxNode) => readonly string[];
  },
): Inventory {
  const conditions = new Map<string, Condition>();
  const statements: SyntaxNode[] = [];
  const attributes = new Map<string, Map<string, number>>();
  const keys: Key[] = [];
  const calls: SyntaxNode[] = [];
  const functions = new Map<string, SyntaxNode>();
  const methodNames = new Set<string>();
  const numbers = new Map<string, SyntaxNode>();
  const strings = new Map<string, SyntaxNode>();
  for (const node of root.walk()) {
    if (isStatement(node) && !isDocstring(node) && !/definition|import/.test(node.kind)) statements.push(node);
    for (const atom of conditionAtoms(node)) {
      const key = `${functionOf(atom).start}:${atom.text}`;
      if (!conditions.has(key)) conditions.set(key, { text: atom.text, node: atom, names: namesOf(atom) });
    }
    if (node.kind === "attribute") {
      const object = node.child("object")?.text ?? "";
      const name = node.child("attribute")?.text ?? "";
      const known = attributes.get(object) ?? new Map<string, number>();
      known.set(name, (known.get(name) ?? 0) + 1);
      attributes.set(object, known);
    }
    if (node.kind === "call") {
      calls.push(node);
      const callee = node.child("function");
      if (callee?.kind === "attribute") methodNames.add(callee.child("attribute")?.text ?? "");
    }
    if (node.kind === "integer" || node.kind === "float") numbers.set(`${functionOf(node).start}:${node.text}`, node);
    if (
      node.kind === "string" &&
      node.text.length <= 60 &&
      node.parent?.kind !== "expression_statement" &&
      !node.text.startsWith("f")
    ) {
      strings.set(`${functionOf(node).start}:${node.text}`, node);
    }
    if (node.kind === "function_definition") functions.set(node.child("name")?.text ?? "", node);
    const container = node.kind === "string" ? keyContainer(node) : null;
    if (container !== null) keys.push({ text: node.text, container, node });
  }
  return {
    conditions: [...conditions.values()],
    statements,
    attributes,
    keys,
    calls,
    functions,
    methodNames,
    numbers: [...numbers.values()],
    strings: [...strings.values()],
  };
}

/** Conditions a node holds: whole ones and the parts joined by `and` and `or`. */
function conditionAtoms(node: SyntaxNode): readonly SyntaxNode[] {
  let whole: SyntaxNode | null | undefined = null;
  if (CONDITION_OWNERS.has(node.kind)) whole = node.child("condition");
  else if (node.kind === "conditional_expression") whole = node.namedChildren[1];
  else if (node.kind === "if_clause" || node.kind === "assert_statement") whole = node.namedChildren[0];
  else if (
    node.kind === "return_statement" &&
    /^(comparison_operator|boolean_operator|not_operator)$/.test(node.namedChildren[0]?.kind ?? "")
  )
    whole = node.namedChildren[0];
  if (whole === null || whole === undefined) return [];
  const atoms: SyntaxNode[] = [];
  const split = (part: SyntaxNode): void => {
    atoms.push(part);
    const inner = part.kind === "parenthesized_expression" ? part.namedChildren[0] : part;
    if (inner?.kind === "boolean_operator") for (const child of inner.namedChildren) split(child);
  };
  split(whole);
  return atoms;
}

/** What a string literal is looked up in: `d["k"]`, `d.get("k")`, `"k" in d`, `{"k": v}`; null when it is no key. */
export function keyContainer(node: SyntaxNode): string | null {
  const parent = node.parent;
  if (parent === null) return null;
  if (parent.kind === "subscript" && node.field === "subscript") return parent.child("value")?.text ?? "";
  if (parent.kind === "pair" && node.field === "key") return "{}";
  if (
    parent.kind === "comparison_operator" &&
    parent.namedChildren[0] === node &&
    parent.children.some((child) => child.kind === "in" || child.kind === "not in")
  ) {
    return parent.namedChildren[1]?.text ?? "";
  }
  if (parent.kind === "argument_list" && parent.namedChildren[0] === node) {
    const callee = parent.parent?.child("function");
    if (callee?.kind === "attribute" && ["get", "pop", "setdefault"].includes(callee.child("attribute")?.text ?? ""))
      return callee.child("object")?.text ?? "";
  }
  return null;
}
