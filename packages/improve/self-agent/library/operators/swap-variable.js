export const operator = "swap-variable";

const MOST = 6;

/** Another variable of the file where one is read. */
export function edits(node, { names, parent, field }) {
  if (node.type !== "Identifier" || !names.includes(node.name) || parent === null) return [];
  const isRead =
    field === "arguments" ||
    field === "left" ||
    field === "right" ||
    field === "argument" ||
    field === "object" ||
    field === "init" ||
    (field === "property" && parent.computed === true);
  if (!isRead || parent.type === "AssignmentPattern" || parent.type === "VariableDeclarator") return [];
  const others = names.filter((name) => name !== node.name).slice(0, MOST);
  return others.map((text) => ({ start: node.start, end: node.end, text }));
}
