export const operator = "negate-condition";

const KINDS = new Set(["IfStatement", "WhileStatement", "ConditionalExpression"]);

/** The opposite of a condition. */
export function edits(node, { source }) {
  if (!KINDS.has(node.type)) return [];
  const { test } = node;
  if (test.type === "UnaryExpression" && test.operator === "!") {
    const { start, end } = test.argument;
    return [{ start: test.start, end: test.end, text: source.slice(start, end) }];
  }
  return [{ start: test.start, end: test.end, text: `!(${source.slice(test.start, test.end)})` }];
}
