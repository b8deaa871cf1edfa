export const operator = "drop-operand";

/** One side of a logical operation alone. */
export function edits(node, { source }) {
  if (node.type !== "LogicalExpression") return [];
  return [node.left, node.right].map(({ start, end }) => ({
    start: node.start,
    end: node.end,
    text: source.slice(start, end),
  }));
}
