import type { TreeLine } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { count, figure, oneLine } from "../words.ts";
import { table } from "./table.ts";

/** Leaves of a node that are shown one by one; of the others it is said how many there are. */
const LEAVES = 3;

/** A tree for people: what was built on what, with the reward of each; of leaves that led nowhere only the best few. */
export function treeText(nodes: readonly TreeLine[], screen: Screen): string {
  const { bold, dim, green } = screen.colors;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const rows: string[][] = [];
  const add = (node: TreeLine, indent: string, last: boolean | null): void => {
    const branch = last === null ? "" : `${indent}${last ? "└ " : "├ "}`;
    const deeper = last === null ? "" : `${indent}${last ? "  " : "│ "}`;
    const change = last === null ? "the project as it was" : oneLine(node.change);
    rows.push([node.id.slice(0, 8), figure(node.reward), String(node.visits), `${branch}${change}${said(node)}`]);
    const children = node.children.flatMap((id) => byId.get(id) ?? []);
    const inner = children.filter((child) => child.children.length > 0 || child.finished);
    const leaves = children.filter((child) => !inner.includes(child)).toSorted((a, b) => b.reward - a.reward);
    const shown = [...inner, ...leaves.slice(0, LEAVES)];
    const hidden = leaves.length - Math.min(LEAVES, leaves.length);
    shown.forEach((child, i) => add(child, deeper, i === shown.length - 1 && hidden === 0));
    if (hidden > 0) rows.push(["", "", "", `${deeper}└ ${dim(`and ${count(hidden, "other attempt")}`)}`]);
  };
  const [root] = nodes;
  if (root !== undefined) add(root, "", null);
  const finished = nodes.filter((node) => node.finished).length;
  const depth = nodes.reduce((deepest, node) => Math.max(deepest, node.depth), 0);
  return [
    `${bold(count(nodes.length, "node"))}, ${depth} deep, ${finished} finished`,
    table([["candidate", "reward", "visits", "change"], ...rows], screen.columns, (cell, column, row) =>
      row === 0 ? dim(cell) : column === 1 && cell === "100" ? green(cell) : cell,
    ),
    dim("Every node with every part of its score: --json"),
  ].join("\n");
}

function said({ duplicateOf, hypothesis, finished }: TreeLine): string {
  const words = [
    ...(finished ? ["all tests pass"] : []),
    ...(duplicateOf === null ? [] : [`does the same as ${duplicateOf.slice(0, 8)}`]),
    ...(hypothesis === null ? [] : [hypothesis]),
  ];
  return words.length === 0 ? "" : `  (${words.join("; ")})`;
}
