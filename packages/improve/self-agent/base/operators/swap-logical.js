export const operator = "swap-logical";

const OTHERS = { "&&": ["||"], "||": ["&&", "??"], "??": ["||"] };

/** Another logical operator between the same operands. */
export function edits(node, { source }) {
  if (node.type !== "LogicalExpression") return [];
  const between = source.slice(node.left.end, node.right.start);
  const start = node.left.end + between.indexOf(node.operator);
  return OTHERS[node.operator].map((text) => ({ start, end: start + node.operator.length, text }));
}
