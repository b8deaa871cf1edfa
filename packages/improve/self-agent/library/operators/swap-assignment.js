export const operator = "swap-assignment";

const OTHERS = { "+=": ["-=", "="], "-=": ["+=", "="], "*=": ["/=", "+="], "/=": ["*="], "=": ["+=", "-="] };

/** Another assignment operator. */
export function edits(node, { source }) {
  if (node.type !== "AssignmentExpression" || OTHERS[node.operator] === undefined) return [];
  const between = source.slice(node.left.end, node.right.start);
  const start = node.left.end + between.indexOf(node.operator);
  return OTHERS[node.operator].map((text) => ({ start, end: start + node.operator.length, text }));
}
