export const operator = "swap-property";

const MOST = 5;

/** Another property that the file reads by name. */
export function edits(node, { source, parent, field }) {
  if (node.type !== "MemberExpression" || node.computed) return [];
  if (parent !== null && parent.type === "CallExpression" && field === "callee") return [];
  const { property } = node;
  const used = new Set();
  for (const [, name] of source.matchAll(/\.([A-Za-z_$][\w$]*)(?![\w$(])/g)) if (name !== property.name) used.add(name);
  return [...used].slice(0, MOST).map((text) => ({ start: property.start, end: property.end, text }));
}
