import { similarityOfPatches } from "./similarity.ts";
import type { TreeNode } from "./node.ts";
import { isBroken } from "./values.ts";
import type { Width } from "./width.ts";

/**
 * A part of the score by which the next node to build on is chosen. It may depend on the node, on what stands above it, and on what its children
 * add up to; the search scores a node again when one of its descendants is told, and at no other time.
 */
export interface ScoreTerm {
  readonly name: string;
  of(node: TreeNode): number;
  /** What `of` is multiplied by, from the visits of the parent (0 for the base, which has none). At most one term of a search has one. */
  readonly factor?: (parentVisits: number) => number;
}

/** Its own reward, as the published code has it; or the mean of its subtree, as the paper has it. */
export function exploitation(of: "own" | "mean"): ScoreTerm {
  return {
    name: "exploitation",
    of: of === "own" ? ({ reward }) => reward : ({ valueSum, visits }) => valueSum / visits,
  };
}

/** UCB1 for trees (Kocsis & Szepesvári 2006): C·√(ln N(parent) / N(node)). */
export function exploration(c = 1.41): ScoreTerm {
  return {
    name: "exploration",
    of: ({ visits }) => c / Math.sqrt(visits),
    factor: (parentVisits) => (parentVisits < 1 ? 0 : Math.sqrt(Math.log(parentVisits))),
  };
}

/** α·exp(−β(d−1)) − γ·√d: first steps are worth a look, long ways are not. */
export function depthBonus({ alpha = 200, beta = 0.8, gamma = 0.8 } = {}): ScoreTerm {
  return {
    name: "depth",
    of: ({ depth }) => (depth === 0 ? 0 : alpha * Math.exp(-beta * (depth - 1)) - gamma * Math.sqrt(depth)),
  };
}

/** A good node that nothing was built on yet. */
export function highValueLeaf({ from = 50, bonus = 50 } = {}): ScoreTerm {
  return {
    name: "high-value leaf",
    of: ({ children, reward }) => (children.length === 0 && reward >= from ? bonus : 0),
  };
}

/** A good node whose only child is bad deserves another one: factor × (own reward − the child's). */
export function badChild({ good = 50, bad = 0, factor = 5 } = {}): ScoreTerm {
  return {
    name: "bad child",
    of: ({ children, reward, bestChild }) =>
      children.length === 1 && reward >= good && bestChild <= bad ? factor * (reward - bestChild) : 0,
  };
}

/** A node with a good child has done its part. */
export function goodChild({ from = 75, penalty = 5 } = {}): ScoreTerm {
  return { name: "good child", of: ({ bestChild }) => (bestChild >= from ? -penalty : 0) };
}

/** A bad leaf below a good parent: the step may be one that looks worse before it gets better. */
export function lowLeafUnderHighParent({ good = 50, bad = 0, middle = 50 } = {}): ScoreTerm {
  return {
    name: "low leaf under high parent",
    of: ({ children, parent, reward }) =>
      children.length === 0 && parent !== null && parent.reward >= good && reward <= bad ? middle - reward : 0,
  };
}

/** A candidate that does not load or end: half of a change, perhaps. The more was tried on it, the less. */
export function expectingCorrection({ bonus = 50 } = {}): ScoreTerm {
  return {
    name: "expecting correction",
    of: ({ result, children }) => (isBroken(result) ? bonus / (1 + children.length ** 2) : 0),
  };
}

/** Somewhere below every test passes already. */
export function finishedPenalty({ penalty = 50 } = {}): ScoreTerm {
  return { name: "finished", of: ({ finishedBelow }) => (finishedBelow > 0 ? -penalty : 0) };
}

/** 100 × (1 − mean similarity) to the patches told just before it: the published code compares with all of them, which grows with the tree. */
export function diversity({ weight = 100 } = {}): ScoreTerm {
  const known = new WeakMap<TreeNode, number>();
  return {
    name: "diversity",
    of: (node) => {
      const { earlier, result } = node;
      if (earlier.length === 0) return 0;
      let mean = known.get(node);
      if (mean === undefined) {
        const own = result.candidate.changes;
        mean =
          earlier.reduce((sum, other) => sum + similarityOfPatches(own, other.result.candidate.changes), 0) /
          earlier.length;
        known.set(node, mean);
      }
      return weight * (1 - mean);
    },
  };
}

/** −25·n² for n children that do the same as others before them. */
export function duplicateChildren({ penalty = 25 } = {}): ScoreTerm {
  return {
    name: "duplicate children",
    of: (node) => (node.duplicateChildren === 0 ? 0 : -penalty * node.duplicateChildren ** 2),
  };
}

/** −50·(c−1)² when c children were made by the same operator. */
export function repeatedAction({ penalty = 50 } = {}): ScoreTerm {
  return {
    name: "repeated action",
    of: ({ commonestOperator }) => (commonestOperator <= 1 ? 0 : -penalty * (commonestOperator - 1) ** 2),
  };
}

/** Once begun, a node gets all the children it may have before another is chosen. */
export function finishBegun(width: Width): ScoreTerm {
  return {
    name: "begun",
    of: (node) => (node.children.length > 0 && node.children.length < width.of(node) ? 1000 : 0),
  };
}

/** Deeper nodes before all others. */
export function deepestFirst(): ScoreTerm {
  return { name: "deepest first", of: ({ depth }) => 300 * depth };
}

/** Each child makes the next one less promising: the likely edits come first, and none of them was it. */
export function tried({ each = 1 } = {}): ScoreTerm {
  return { name: "tried", of: ({ children }) => (children.length === 0 ? 0 : -each * children.length) };
}

/** Steps that lost ground come late: a blind edit is seldom the first half of a way. */
export function belowParent({ penalty = 50 } = {}): ScoreTerm {
  return {
    name: "below parent",
    of: ({ parent, reward }) => (parent !== null && reward < parent.reward ? -penalty : 0),
  };
}

/**
 * For proposers that are seldom right: rewards as they are, so that what gained is built on first, until the tries there have used up the difference and
 * what it came from has its turn again. (UCT does not do that here: among all nodes, its bonus goes to leaves, most of which lost.)
 */
export function blindTerms(): readonly ScoreTerm[] {
  return [exploitation("own"), tried(), belowParent()];
}

/** The terms of the published code of SWE-Search, with its numbers. */
export function publishedTerms(): readonly ScoreTerm[] {
  return [
    exploitation("own"),
    exploration(),
    highValueLeaf(),
    badChild(),
    goodChild(),
    lowLeafUnderHighParent(),
    expectingCorrection(),
    finishedPenalty(),
    diversity(),
    duplicateChildren(),
    repeatedAction(),
  ];
}

/** The rule as the paper prints it: mean value, exploration, and the bonus for depth. */
export function paperTerms(): readonly ScoreTerm[] {
  return [exploitation("mean"), exploration(), depthBonus()];
}
