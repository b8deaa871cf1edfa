export const operator = "swap-operands";

const ORDERED = new Set(["-", "/", "%", "**", "<", ">", "<=", ">="]);

/** The operands of an operation the other way round. */
export function edits(node, { source }) {
  if (node.type !== "BinaryExpression" || !ORDERED.has(node.operator)) return [];
  const { left, right } = node;
  const between = source.slice(left.end, right.start);
  const text = source.slice(right.start, right.end) + between + source.slice(left.start, left.end);
  return [{ start: left.start, end: right.end, text }];
}
