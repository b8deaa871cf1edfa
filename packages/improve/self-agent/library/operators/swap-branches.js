export const operator = "swap-branches";

/** What is done when a condition holds, and what when it does not, exchanged. */
export function edits(node, { source }) {
  if (node.type !== "ConditionalExpression" && node.type !== "IfStatement") return [];
  const { consequent, alternate } = node;
  if (alternate === null || alternate === undefined || alternate.type === "IfStatement") return [];
  const between = source.slice(consequent.end, alternate.start);
  const text = source.slice(alternate.start, alternate.end) + between + source.slice(consequent.start, consequent.end);
  return [{ start: consequent.start, end: alternate.end, text }];
}
