import type { TreeNode } from "./node.ts";

/** How many children a node may have. */
export interface Width {
  readonly of: (node: TreeNode) => number;
  /** When every node is full, each may have one more; else the tree is complete then. */
  readonly grows: boolean;
}

export function fixedWidth(children: number): Width {
  return { of: () => children, grows: false };
}

/** Any number: for proposers that are seldom right, whose best answer may be the fiftieth. */
export const openWidth: Width = { of: () => Infinity, grows: false };

/** Progressive widening (Coulom 2007; Chaslot et al. 2008): factor · visits^power, so that a node gets a new child as its subtree is visited. */
export function progressiveWidth({ factor = 2, power = 0.5 } = {}): Width {
  return { of: ({ visits }) => Math.max(1, Math.floor(factor * visits ** power)), grows: true };
}
