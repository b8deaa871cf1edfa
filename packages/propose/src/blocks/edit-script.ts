import { applyEdits, type TextEdit } from "@pawl/core";
import { alignNodes } from "./alignment.ts";
import { below, type CodeNode } from "./code-tree.ts";

/** Some nodes of a text: those of a block. */
export interface CodeRegion {
  /** Of the whole file. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The largest nodes in the region, in order. */
  readonly nodes: readonly CodeNode[];
}

/**
 * One step from one version of a region to another, without its place: the kind and the name of the node say where else it may be made.
 * `value`: a leaf has another text. `operator`: a node has another operator. `replace`: a node has become something else. `insert` and
 * `delete` are about statements; `after` is the one before it.
 */
export type TypedEdit =
  | {
      readonly op: "value" | "operator" | "replace";
      readonly kind: string;
      readonly name: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly op: "insert";
      readonly kind: string;
      readonly to: string;
      readonly after: { readonly kind: string; readonly text: string } | null;
    }
  | { readonly op: "delete"; readonly kind: string; readonly name: string; readonly from: string };

/** The steps from one version of a region to another, in the order of the text; none when they are the same. */
export function diffRegions(before: CodeRegion, after: CodeRegion): readonly TypedEdit[] {
  const edits: TypedEdit[] = [];
  diffLists(before.nodes, after.nodes, before.text, after.text, edits);
  return edits;
}

/** What became of a region, and which edits were made. */
export interface Replayed {
  /** The whole file. */
  readonly text: string;
  readonly edits: readonly TextEdit[];
  /** A subset of the script, in its order. */
  readonly applied: readonly TypedEdit[];
}

/**
 * Makes the edits of a script to another region: each where a node of its kind has the same text or, failing that, the same name. Edits
 * that find no place, that change nothing, that touch a place already changed, or after which `parses` says no, are left out.
 */
export function replayEdits(
  script: readonly TypedEdit[],
  onto: CodeRegion,
  parses: (text: string) => boolean,
): Replayed {
  let made: readonly TextEdit[] = [];
  let text = onto.text;
  const applied: TypedEdit[] = [];
  for (const edit of script) {
    for (const place of placesFor(edit, onto)) {
      if (made.some((other) => place.start <= other.end && other.start <= place.end)) continue;
      const tried = [...made, place].toSorted((a, b) => a.start - b.start);
      const result = applyEdits(onto.text, tried);
      if (result === null || result === text || !parses(result)) continue;
      made = tried;
      text = result;
      applied.push(edit);
      break;
    }
  }
  return { text, edits: made, applied };
}

/** A line for people. */
export function describeEdit(edit: TypedEdit): string {
  const short = (text: string): string => text.replaceAll(/\s+/g, " ").slice(0, 40);
  if (edit.op === "insert") return `insert ${short(edit.to)}`;
  if (edit.op === "delete") return `delete ${short(edit.from)}`;
  return `${short(edit.from)} → ${short(edit.to)}`;
}

function textOf({ start, end }: CodeNode, source: string): string {
  return source.slice(start, end);
}

function diffNodes(a: CodeNode, b: CodeNode, before: string, after: string, edits: TypedEdit[]): void {
  const [from, to] = [textOf(a, before), textOf(b, after)];
  if (from === to) return;
  const { kind, name } = a;
  const replaced: TypedEdit = { op: "replace", kind, name, from, to };
  if (a.kind !== b.kind) return void edits.push(replaced);
  if (a.children.length === 0 && b.children.length === 0) return void edits.push({ op: "value", kind, name, from, to });
  if (a.list) return diffLists(a.children, b.children, before, after, edits);
  if (a.children.length !== b.children.length) return void edits.push(replaced);
  const inner: TypedEdit[] = [];
  if (a.value !== b.value) {
    // Where an operator stands is not known of a node that has several, such as a chain of comparisons.
    if (a.value.includes(" ") || b.value.includes(" ")) return void edits.push(replaced);
    inner.push({ op: "operator", kind, name, from: a.value, to: b.value });
  }
  a.children.forEach((child, i) => diffNodes(child, b.children[i] as CodeNode, before, after, inner));
  // Something that is no child and no operator: `a.b` and `a[b]`.
  const layout = withoutSpace(from) === withoutSpace(to);
  if (inner.length > 0 || !layout) edits.push(...(inner.length > 0 ? inner : [replaced]));
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s+/g, "");
}

function diffLists(
  before: readonly CodeNode[],
  after: readonly CodeNode[],
  source: string,
  target: string,
  edits: TypedEdit[],
): void {
  const pairs = alignNodes(before, after, source, target);
  const paired = new Map(pairs.map(([i, j]) => [j, i]));
  const gone = new Set(before.map((_, i) => i).filter((i) => !pairs.some(([from]) => from === i)));
  for (const i of gone) {
    const node = before[i] as CodeNode;
    edits.push({ op: "delete", kind: node.kind, name: node.name, from: textOf(node, source) });
  }
  after.forEach((node, j) => {
    const i = paired.get(j);
    if (i !== undefined) return diffNodes(before[i] as CodeNode, node, source, target, edits);
    const previous = j === 0 ? null : (after[j - 1] as CodeNode);
    edits.push({
      op: "insert",
      kind: node.kind,
      to: textOf(node, target),
      after: previous === null ? null : { kind: previous.kind, text: textOf(previous, target) },
    });
  });
}

/** Where an edit may be made, the best place first: the same text before the same name, earlier places before later ones. */
function placesFor(edit: TypedEdit, onto: CodeRegion): readonly TextEdit[] {
  const nodes = onto.nodes.flatMap((node) => [...below(node)]);
  if (edit.op === "insert") return insertions(edit, onto, nodes);
  const matches = nodes
    .filter((node) => node.kind === edit.kind && (edit.op !== "value" || node.children.length === 0))
    .map((node, order) => {
      const own = edit.op === "operator" ? node.value : textOf(node, onto.text);
      const named = edit.name !== "" && node.name === edit.name;
      return { node, own, order, worth: (own === edit.from ? 2 : 0) + (named ? 1 : 0) };
    })
    .filter(({ worth, own }) => worth > 0 && (edit.op === "delete" || own !== edit.to))
    .sort((a, b) => b.worth - a.worth || a.order - b.order);
  return matches.flatMap(({ node, own }): TextEdit[] => {
    if (edit.op === "delete") return own === edit.from ? [removal(node, onto)] : [];
    if (edit.op !== "operator") return [{ start: node.start, end: node.end, text: edit.to }];
    const at = gapOf(node, own, onto.text);
    return at === null ? [] : [{ start: at, end: at + own.length, text: edit.to }];
  });
}

/** The statement, and its line when it has one for itself. */
function removal(node: CodeNode, { text, start: first, end: last }: CodeRegion): TextEdit {
  const start = text.lastIndexOf("\n", node.start - 1) + 1;
  const found = text.indexOf("\n", node.end);
  const end = found === -1 ? text.length : found + 1;
  const alone = text.slice(start, node.start).trim() === "" && /^;?\s*$/.test(text.slice(node.end, end));
  return alone && start >= first && end <= last
    ? { start, end, text: "" }
    : { start: node.start, end: node.end, text: "" };
}

/** Offset of a token among what is the node's own: not its children's. */
function gapOf(node: CodeNode, token: string, text: string): number | null {
  let from = node.start;
  for (const child of [...node.children, null]) {
    const to = child === null ? node.end : child.start;
    const at = token === "" ? -1 : text.indexOf(token, from);
    if (at !== -1 && at + token.length <= to) return at;
    from = child === null ? to : child.end;
  }
  return null;
}

function insertions(
  edit: TypedEdit & { readonly op: "insert" },
  onto: CodeRegion,
  nodes: readonly CodeNode[],
): readonly TextEdit[] {
  const { after } = edit;
  const lists = [onto.nodes, ...nodes.filter(({ list }) => list).map((node) => node.children)];
  if (after === null)
    return lists.flatMap(([first]) =>
      first === undefined
        ? []
        : [{ start: first.start, end: first.start, text: `${edit.to}${lineBefore(first, onto)}` }],
    );
  const statements = lists.flat();
  return [
    ...statements.filter((node) => textOf(node, onto.text) === after.text),
    ...statements.filter((node) => node.kind === after.kind && textOf(node, onto.text) !== after.text),
  ].map((node) => ({ start: node.end, end: node.end, text: `${lineBefore(node, onto)}${edit.to}` }));
}

/** A line break and the indentation of a statement. */
function lineBefore(node: CodeNode, { text }: CodeRegion): string {
  const start = text.lastIndexOf("\n", node.start - 1) + 1;
  return `\n${/^[ \t]*/.exec(text.slice(start, node.start))?.[0] ?? ""}`;
}
