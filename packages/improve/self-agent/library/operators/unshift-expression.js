export const operator = "unshift-expression";

/** A sum or a difference without its small number. */
export function edits(node, { source }) {
  if (node.type !== "BinaryExpression" || (node.operator !== "+" && node.operator !== "-")) return [];
  const { left, right } = node;
  if (right.type !== "Literal" || (right.value !== 1 && right.value !== 2)) return [];
  return [{ start: node.start, end: node.end, text: source.slice(left.start, left.end) }];
}
