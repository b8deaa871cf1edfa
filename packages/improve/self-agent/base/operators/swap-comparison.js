export const operator = "swap-comparison";

const OTHERS = {
  "<": ["<=", ">", ">="],
  "<=": ["<", ">", ">="],
  ">": [">=", "<", "<="],
  ">=": [">", "<", "<="],
  "===": ["!=="],
  "!==": ["==="],
  "==": ["!="],
  "!=": ["=="],
};

/** Another comparison between the same operands. */
export function edits(node, { source }) {
  if (node.type !== "BinaryExpression" || OTHERS[node.operator] === undefined) return [];
  const between = source.slice(node.left.end, node.right.start);
  const start = node.left.end + between.indexOf(node.operator);
  return OTHERS[node.operator].map((text) => ({ start, end: start + node.operator.length, text }));
}
