export const operator = "change-start";

const STARTS = ["0", "1", "-Infinity", "Infinity", "null", "''", "[]", "true", "false"];

/** Another value for a variable to begin with. */
export function edits(node, { source }) {
  if (node.type !== "VariableDeclarator" || node.init === null || node.init === undefined) return [];
  const { type, start, end, elements } = node.init;
  if (type !== "Literal" && type !== "UnaryExpression" && !(type === "ArrayExpression" && elements.length === 0))
    return [];
  const old = source.slice(start, end);
  return STARTS.filter((text) => text !== old).map((text) => ({ start, end, text }));
}
