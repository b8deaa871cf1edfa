export const operator = "shift-number";

/** A number one larger or smaller, or zero or one. */
export function edits(node) {
  if (node.type !== "Literal" || typeof node.value !== "number") return [];
  const values = new Set([node.value + 1, node.value - 1, 0, 1]);
  values.delete(node.value);
  return [...values].map((value) => ({ start: node.start, end: node.end, text: String(value) }));
}
