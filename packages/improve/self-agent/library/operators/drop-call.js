export const operator = "drop-call";

/** The argument of a call, or the object of a method call, instead of the call. */
export function edits(node, { source, field }) {
  if (node.type !== "CallExpression" || field === "expression") return [];
  const whole = { start: node.start, end: node.end };
  const found = [];
  const [only] = node.arguments;
  if (node.arguments.length === 1) found.push({ ...whole, text: source.slice(only.start, only.end) });
  if (node.callee.type === "MemberExpression") {
    const { object } = node.callee;
    found.push({ ...whole, text: source.slice(object.start, object.end) });
  }
  return found;
}
