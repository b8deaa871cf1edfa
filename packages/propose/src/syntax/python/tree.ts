import type { Tree, TreeCursor } from "web-tree-sitter";

/**
 * A node of a Python syntax tree, copied out of the parser's memory so that the parser's tree can be freed at once.
 * Comments are left out: no operator edits them, and edits are replacements in the text, which keeps them.
 */
export class SyntaxNode {
  /** The grammar's name: `comparison_operator`; for tokens the token itself: `+`. */
  readonly kind: string;
  readonly named: boolean;
  /** The name of this node's role in its parent, when the grammar gives one. */
  readonly field: string | null;
  /** UTF-16 offsets [start, end) in the source. */
  readonly start: number;
  readonly end: number;
  /** 1-based. */
  readonly line: number;
  readonly endLine: number;
  readonly parent: SyntaxNode | null;
  readonly children: SyntaxNode[] = [];
  readonly source: string;
  private namedOnes: readonly SyntaxNode[] | undefined;
  private ownText: string | undefined;

  constructor(parts: {
    kind: string;
    named: boolean;
    field: string | null;
    start: number;
    end: number;
    line: number;
    endLine: number;
    parent: SyntaxNode | null;
    source: string;
  }) {
    this.kind = parts.kind;
    this.named = parts.named;
    this.field = parts.field;
    this.start = parts.start;
    this.end = parts.end;
    this.line = parts.line;
    this.endLine = parts.endLine;
    this.parent = parts.parent;
    this.source = parts.source;
  }

  get text(): string {
    this.ownText ??= this.source.slice(this.start, this.end);
    return this.ownText;
  }

  get namedChildren(): readonly SyntaxNode[] {
    this.namedOnes ??= this.children.filter((child) => child.named);
    return this.namedOnes;
  }

  /** The first child in this role. */
  child(field: string): SyntaxNode | null {
    for (const child of this.children) if (child.field === field) return child;
    return null;
  }

  /** The nearest ancestor (not the node itself) of one of these kinds. */
  ancestor(...kinds: readonly string[]): SyntaxNode | null {
    for (let node = this.parent; node !== null; node = node.parent) if (kinds.includes(node.kind)) return node;
    return null;
  }

  contains(other: SyntaxNode): boolean {
    return this.start <= other.start && other.end <= this.end;
  }

  /** The node and everything below it, in source order, parents first. */
  walk(): readonly SyntaxNode[] {
    const nodes: SyntaxNode[] = [];
    collect(this, nodes);
    return nodes;
  }
}

function collect(node: SyntaxNode, into: SyntaxNode[]): void {
  into.push(node);
  for (const child of node.children) collect(child, into);
}

/** Offsets at which the lines of a text start. */
export function lineStarts(source: string): readonly number[] {
  const starts = [0];
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The 1-based line of an offset. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** Copies a parser's tree. The caller still owns (and deletes) the tree. */
export function copyTree(tree: Tree, source: string): SyntaxNode {
  const starts = lineStarts(source);
  const cursor = tree.walk();
  try {
    return copyNode(cursor, null, null, source, starts);
  } finally {
    cursor.delete();
  }
}

function copyNode(
  cursor: TreeCursor,
  parent: SyntaxNode | null,
  field: string | null,
  source: string,
  starts: readonly number[],
): SyntaxNode {
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  const node = new SyntaxNode({
    kind: cursor.nodeType,
    named: cursor.nodeIsNamed,
    field,
    start,
    end,
    line: lineAt(starts, start),
    endLine: lineAt(starts, end),
    parent,
    source,
  });
  if (cursor.gotoFirstChild()) {
    do {
      if (cursor.nodeType !== "comment" && cursor.nodeType !== "line_continuation") {
        node.children.push(copyNode(cursor, node, cursor.currentFieldName, source, starts));
      }
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return node;
}
