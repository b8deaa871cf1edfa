export const operator = "shift-expression";

const FIELDS = new Set(["left", "right", "property", "arguments", "init", "argument"]);

/** An expression that counts, one larger or smaller. */
export function edits(node, { source, parent, field }) {
  if (parent === null || !FIELDS.has(field)) return [];
  const counts =
    (node.type === "MemberExpression" && !node.computed && node.property.name === "length") ||
    (node.type === "Identifier" &&
      (parent.type === "BinaryExpression" || parent.computed === true || field === "arguments"));
  if (!counts || (node.type === "Identifier" && field === "property" && parent.computed !== true)) return [];
  const text = source.slice(node.start, node.end);
  return [`${text} + 1`, `${text} - 1`].map((shifted) => ({ start: node.start, end: node.end, text: shifted }));
}
