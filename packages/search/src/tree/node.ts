import type { CandidateId, Evaluated } from "@pawl/core";

/** A candidate in the tree: a patch, and what was learned from building on it. */
export interface TreeNode {
  readonly id: CandidateId;
  /** Order in which it was told; 0 for the base. */
  readonly index: number;
  readonly parent: TreeNode | null;
  readonly depth: number;
  readonly result: Evaluated;
  /** Its own value, from −100 to 100. */
  readonly reward: number;
  /** The first node that does the same on every test; null when there is none before it. */
  readonly duplicateOf: CandidateId | null;
  /** Every test passes: nothing is left to build. */
  readonly finished: boolean;
  /** The hypothesis it was made by, in words; null without one. */
  readonly hypothesis: string | null;
  /** The nodes told just before it, for comparisons that must not grow with the tree. */
  readonly earlier: readonly TreeNode[];
  readonly children: readonly TreeNode[];
  /** Itself and everything below it. */
  readonly visits: number;
  /** Sum of the rewards of itself and everything below it. */
  readonly valueSum: number;
  /** Finished nodes below it. */
  readonly finishedBelow: number;
  /** The greatest reward of a child; −Infinity without children. */
  readonly bestChild: number;
  /** Children that do the same as another node before them. */
  readonly duplicateChildren: number;
  /** How often its children's commonest operator occurs among them. */
  readonly commonestOperator: number;
  /** Nothing is to be built on it any more: there is nothing left to try, or its branch was given up. */
  readonly closed: boolean;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export interface MutableNode extends Writable<Omit<TreeNode, "children" | "parent">> {
  readonly children: MutableNode[];
  readonly parent: MutableNode | null;
  /** Children by operator. */
  readonly operators: Map<string, number>;
  /** Hypotheses that were asked for so far, of how many; null where there are none. */
  hypotheses: { asked: number; readonly of: number } | null;
}

export type NewNode = Pick<
  TreeNode,
  "id" | "index" | "depth" | "result" | "reward" | "duplicateOf" | "finished" | "hypothesis" | "earlier"
> & { readonly parent: MutableNode | null };

/** A leaf, visited once. */
export function leaf(node: NewNode): MutableNode {
  return {
    ...node,
    children: [],
    visits: 1,
    valueSum: node.reward,
    finishedBelow: 0,
    bestChild: -Infinity,
    duplicateChildren: 0,
    commonestOperator: 0,
    closed: false,
    operators: new Map(),
    hypotheses: null,
  };
}

/** Hangs a leaf below its parent and tells everybody on the path to the root: work in proportion to the depth. */
export function attach(child: MutableNode): void {
  const { parent } = child;
  if (parent === null) return;
  parent.children.push(child);
  parent.bestChild = Math.max(parent.bestChild, child.reward);
  if (child.duplicateOf !== null) parent.duplicateChildren += 1;
  for (const { operator } of child.result.candidate.origin.edits ?? []) {
    const count = (parent.operators.get(operator) ?? 0) + 1;
    parent.operators.set(operator, count);
    parent.commonestOperator = Math.max(parent.commonestOperator, count);
  }
  for (let above: MutableNode | null = parent; above !== null; above = above.parent) {
    above.visits += 1;
    above.valueSum += child.reward;
    if (child.finished) above.finishedBelow += 1;
  }
}

/** From the node to the root, both included. */
export function pathOf(node: TreeNode): readonly TreeNode[] {
  const path: TreeNode[] = [];
  for (let at: TreeNode | null = node; at !== null; at = at.parent) path.push(at);
  return path;
}

/** Mean value over the path, each node's being the mean of its subtree: how finished patches are compared in SWE-Search. */
export function meanPathValue(node: TreeNode): number {
  const path = pathOf(node);
  return path.reduce((sum, { valueSum, visits }) => sum + valueSum / visits, 0) / path.length;
}
