import type { TextEdit } from "@pawl/core";
import type { PythonFile } from "../../syntax/python/file.ts";
import { calleeName } from "../../syntax/python/operators/operator.ts";
import { freeNames } from "../../syntax/python/names.ts";
import { isStatement } from "../../syntax/python/statements.ts";
import type { SyntaxNode } from "../../syntax/python/tree.ts";
import { edit, type SpeedEdit, type SpeedOperator } from "../operator.ts";

export type PythonOperator = SpeedOperator<SyntaxNode, PythonFile>;

const COMPREHENSION = /^(list_comprehension|set_comprehension|dictionary_comprehension|generator_expression)$/;
const MUTATES =
  /^(append|extend|insert|pop|remove|sort|reverse|clear|update|add|discard|setdefault|popitem|popleft|appendleft)$/;

/** What runs again and again around a node, innermost first: loops, comprehensions, and functions handed to `sorted`, `map` and their like. */
export function repeats(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let child = node;
  for (let at = node.parent; at !== null; child = at, at = at.parent) {
    if (at.kind === "for_statement" && child.field !== "right") found.push(at);
    else if (at.kind === "while_statement") found.push(at);
    else if (COMPREHENSION.test(at.kind)) {
      const first = at.namedChildren.find((each) => each.kind === "for_in_clause");
      if (child !== first || !isIterated(child, node)) found.push(at);
    } else if (at.kind === "lambda") found.push(at);
    else if (at.kind === "function_definition") {
      // A function inside of another may be called many times, and what it shares with the others belongs outside.
      if (at.ancestor("function_definition") === null) break;
      found.push(at);
    }
  }
  return found;
}

function isIterated(clause: SyntaxNode, node: SyntaxNode): boolean {
  return clause.child("right")?.contains(node) === true;
}

/** Names that are given another value, or whose value is changed, within the region. */
export function writtenIn(region: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of region.walk()) {
    if (/^(assignment|augmented_assignment|for_statement|for_in_clause|named_expression)$/.test(node.kind)) {
      const left = node.child("left") ?? node.child("name");
      // `xs[i] = v` changes xs, and reads i.
      let target = left;
      while (target !== null && (target.kind === "subscript" || target.kind === "attribute"))
        target = target.child("value") ?? target.child("object");
      if (target !== left && target !== null) names.add(target.text);
      else for (const name of left?.walk() ?? []) if (name.kind === "identifier") names.add(name.text);
    }
    if (node.kind === "call" && MUTATES.test(calleeName(node))) {
      const object = node.child("function")?.child("object");
      if (object) names.add(object.text);
    }
    if (node.kind === "lambda")
      for (const name of node.child("parameters")?.walk() ?? []) if (name.kind === "identifier") names.add(name.text);
    if (node.kind === "function_definition")
      for (const name of node.child("parameters")?.walk() ?? []) if (name.kind === "identifier") names.add(name.text);
    if (node.kind === "delete_statement")
      for (const name of node.walk()) if (name.kind === "identifier") names.add(name.text);
  }
  return names;
}

export function isInvariant(expressions: readonly SyntaxNode[], region: SyntaxNode): boolean {
  const written = writtenIn(region);
  return expressions.every((one) => freeNames(one).every((name) => !written.has(name)));
}

/** Lines (of text without indentation) in front of the statement that holds the region; null where no statement can stand. */
export function before(file: PythonFile, region: SyntaxNode, lines: readonly string[]): TextEdit[] | null {
  const { layout } = file;
  for (let at: SyntaxNode | null = region; at !== null; at = at.parent) {
    if (!isStatement(at)) continue;
    const margin = layout.indentOf(at);
    return margin === null ? null : [layout.before(at, lines.map((line) => layout.block(line, "", margin)).join(""))];
  }
  return null;
}

/** Lines after the statement that is the region. */
export function after(file: PythonFile, region: SyntaxNode, line: string): TextEdit[] | null {
  const margin = isStatement(region) ? file.layout.indentOf(region) : null;
  return margin === null || !file.layout.ownsLines(region)
    ? null
    : [file.layout.after(region, file.layout.block(line, "", margin))];
}

/** Something computed before the outermost region in which it stays the same, and before the innermost. */
export function* prepared(
  file: PythonFile,
  node: SyntaxNode,
  constant: readonly SyntaxNode[],
  lines: readonly string[],
  text: string,
  weight = 1,
): Generator<SpeedEdit> {
  const good = repeats(node).filter((region) => isInvariant(constant, region));
  const [inner] = good;
  const outer = good.at(-1);
  const regions = inner === undefined || outer === undefined ? [] : inner === outer ? [outer] : [outer, inner];
  for (const [rank, region] of regions.entries()) {
    const setUp = before(file, region, lines);
    if (setUp !== null) yield* edit([...setUp, ...replacing(node, text)], weight / (1 + rank));
  }
}

export function replacing(node: { start: number; end: number }, text: string): TextEdit[] {
  return [{ start: node.start, end: node.end, text }];
}

/** A name that the file does not use. */
export function freshName(file: PythonFile, wanted: string): string {
  const base = wanted.replaceAll(/\W/g, "");
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    if (!new RegExp(`\\b${name}\\b`).test(file.source)) return name;
  }
}

export function nameOf(node: SyntaxNode): string {
  if (node.kind === "identifier") return node.text;
  if (node.kind === "attribute") return node.child("attribute")?.text ?? "value";
  return node.kind === "call" ? calleeName(node) || "value" : "values";
}

/** Puts an import in front of everything but the docstring, unless the file has it. */
export function importing(file: PythonFile, line: string): TextEdit[] {
  if (file.source.includes(line)) return [];
  const first = file.root.namedChildren.find(
    (node) => !(node.kind === "expression_statement" && node.namedChildren[0]?.kind === "string"),
  );
  const at = file.layout.lineStart(first?.start ?? 0);
  const isImport = first?.kind.startsWith("import") || first?.kind === "future_import_statement";
  if (first?.kind === "future_import_statement")
    return [
      {
        start: file.layout.lineAfter(first.end),
        end: file.layout.lineAfter(first.end),
        text: `${line}${file.layout.newline}`,
      },
    ];
  const gap = isImport ? "" : file.layout.newline.repeat(2);
  return [{ start: at, end: at, text: `${line}${file.layout.newline}${gap}` }];
}

/** `x in xs`: the parts of a comparison with one operator. */
export function comparison(
  node: SyntaxNode,
): { readonly left: SyntaxNode; readonly right: SyntaxNode; readonly operator: string } | null {
  if (node.kind !== "comparison_operator") return null;
  const [left, right, more] = node.namedChildren;
  if (left === undefined || right === undefined || more !== undefined) return null;
  const operator = node.source
    .slice(left.end, right.start)
    .replace(/^[\s)]+|[\s(]+$/g, "")
    .replaceAll(/\s+/g, " ");
  return { left, right, operator };
}

/** An equality with one side of the variable's alone and the other without it; or a sum that has to be something. */
export function keyedEquality(
  condition: SyntaxNode,
  variables: readonly string[],
): { readonly own: SyntaxNode; readonly key: string; readonly other: readonly SyntaxNode[] } | null {
  const parts = comparison(condition);
  if (parts?.operator !== "==") return null;
  const speaks = (node: SyntaxNode): boolean => freeNames(node).some((name) => variables.includes(name));
  const [own, other] = speaks(parts.left) ? [parts.left, parts.right] : [parts.right, parts.left];
  if (!speaks(own) || speaks(other)) return null;
  if (own.kind === "binary_operator" && own.child("operator")?.text === "+") {
    const [left, right] = own.namedChildren as [SyntaxNode, SyntaxNode];
    const [mine, rest] = speaks(left) ? [left, right] : [right, left];
    if (!speaks(rest)) return { own: mine, key: `${other.text} - ${rest.text}`, other: [other, rest] };
  }
  return { own, key: other.text, other: [other] };
}

/** The parts of `a and b and c`. */
export function conjuncts(node: SyntaxNode): SyntaxNode[] {
  if (node.kind === "parenthesized_expression" && node.namedChildren[0]) return conjuncts(node.namedChildren[0]);
  if (node.kind !== "boolean_operator" || node.child("operator")?.text !== "and") return [node];
  return node.namedChildren.flatMap(conjuncts);
}
