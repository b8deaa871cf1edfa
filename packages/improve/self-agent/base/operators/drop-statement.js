export const operator = "drop-statement";

const KINDS = new Set(["ExpressionStatement", "ReturnStatement", "BreakStatement", "ContinueStatement", "IfStatement"]);

/** The program without a statement. */
export function edits(node, { field }) {
  if (!KINDS.has(node.type)) return [];
  return [{ start: node.start, end: node.end, text: field === "body" ? "" : "{}" }];
}
