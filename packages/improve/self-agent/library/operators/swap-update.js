export const operator = "swap-update";

/** Counts the other way. */
export function edits(node, { source }) {
  if (node.type !== "UpdateExpression") return [];
  const text = source.slice(node.argument.start, node.argument.end);
  const other = node.operator === "++" ? "--" : "++";
  return [{ start: node.start, end: node.end, text: node.prefix ? other + text : text + other }];
}
