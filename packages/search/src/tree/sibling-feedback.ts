import type { EditWeights } from "@pawl/core";
import type { TreeNode } from "./node.ts";

/** What the children that were tried say about the next one: as weights for proposers that edit syntax, as words for proposers that read. */
export interface SiblingAdvice {
  readonly weights?: EditWeights;
  readonly hint?: string;
}

/** From a node with its children. Identical edits need no weight: proposers and the engine never give a candidate twice. */
export type SiblingFeedback = (node: TreeNode) => SiblingAdvice;

/** What an operator is still worth on a line after it made a child there that scored below its parent. */
const FACTOR = 0.3;
/** So many children are looked at: a request is recorded, and must not grow with the tree. */
const CHILDREN = 32;
const CHILDREN_IN_WORDS = 6;

/**
 * Hindsight for the next sibling. An operator that made a child scoring below its parent is 0.3 times as likely on that line, once for each such child.
 * In words: what was tried from here and how it did.
 */
export const siblingFeedback: SiblingFeedback = (node) => {
  const recent = node.children.slice(-CHILDREN);
  const byEdit: Record<string, number> = {};
  for (const child of recent) {
    if (child.reward >= node.reward) continue;
    for (const { operator, path, line } of child.result.candidate.origin.edits ?? []) {
      const place = `${operator}@${path}:${line}`;
      byEdit[place] = rounded((byEdit[place] ?? 0) + Math.log(FACTOR));
    }
  }
  return {
    ...(Object.keys(byEdit).length === 0 ? {} : { weights: { byEdit } }),
    ...(recent.length === 0 ? {} : { hint: inWords(node, recent) }),
  };
};

/** How much likelier an edit becomes that gained elsewhere. */
const GAINED = 20;

/**
 * The same, and what the node's own siblings gained by: with several faults, the edit that mends one of them from the parent mostly mends it here, too.
 */
export const familyFeedback: SiblingFeedback = (node) => {
  const advice = siblingFeedback(node);
  const { parent } = node;
  if (parent === null) return advice;
  const gainers = parent.children.slice(-CHILDREN).filter((child) => child !== node && child.reward > parent.reward);
  if (gainers.length === 0) return advice;
  const byEdit: Record<string, number> = {};
  for (const gainer of gainers)
    for (const { operator, path, line } of gainer.result.candidate.origin.edits ?? [])
      byEdit[`${operator}@${path}:${line}`] = rounded(Math.log(GAINED));
  const said = `What gained beside it may be needed here, too: ${named(gainers)}.`;
  return {
    weights: joined({ byEdit }, advice.weights) as EditWeights,
    hint: advice.hint === undefined ? said : `${said} ${advice.hint}`,
  };
};

/** Both at once: weights are logs of factors, so they are added. */
export function joined(a: EditWeights | undefined, b: EditWeights | undefined): EditWeights | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const parts = ["byOperator", "byFaultClass", "byLine", "byEdit"] as const;
  const weights: { -readonly [K in keyof EditWeights]: Record<string, number> } = {};
  for (const part of parts) {
    const [x, y] = [a[part], b[part]];
    if (x === undefined && y === undefined) continue;
    const sum: Record<string, number> = { ...x };
    for (const [key, value] of Object.entries(y ?? {})) sum[key] = rounded((sum[key] ?? 0) + value);
    weights[part] = sum;
  }
  return weights;
}

function inWords(node: TreeNode, children: readonly TreeNode[]): string {
  const worse = children.filter((child) => child.reward < node.reward);
  const better = children.filter((child) => child.reward > node.reward);
  return [
    ...(worse.length === 0 ? [] : [`Tried from here without gain, so do something else: ${named(worse)}.`]),
    ...(better.length === 0 ? [] : [`Tried from here with some gain: ${named(better)}. Find another way.`]),
  ].join(" ");
}

function named(nodes: readonly TreeNode[]): string {
  return nodes
    .slice(-CHILDREN_IN_WORDS)
    .map((node) => node.result.candidate.origin.summary.slice(0, 100))
    .join("; ");
}

/** Short in the record, and the same whatever the order of a sum. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
