export const operator = "swap-arguments";

/** Two neighbouring arguments of a call exchanged. */
export function edits(node, { source }) {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return [];
  return node.arguments.slice(1).map((second, at) => {
    const first = node.arguments[at];
    const between = source.slice(first.end, second.start);
    const text = source.slice(second.start, second.end) + between + source.slice(first.start, first.end);
    return { start: first.start, end: second.end, text };
  });
}
