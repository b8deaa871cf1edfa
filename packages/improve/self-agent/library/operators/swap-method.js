export const operator = "swap-method";

const GROUPS = [
  ["push", "unshift"],
  ["pop", "shift"],
  ["min", "max"],
  ["floor", "ceil", "round", "trunc"],
  ["indexOf", "lastIndexOf"],
  ["some", "every"],
  ["startsWith", "endsWith", "includes"],
  ["slice", "splice", "substring"],
  ["trimStart", "trimEnd", "trim"],
  ["toLowerCase", "toUpperCase"],
  ["find", "findLast", "filter"],
  ["padStart", "padEnd"],
  ["keys", "values", "entries"],
  ["has", "get"],
  ["add", "delete"],
  ["replace", "replaceAll"],
  ["concat", "push"],
  ["map", "flatMap", "forEach"],
  ["parseInt", "parseFloat"],
];

/** A method that is often mistaken for this one. */
export function edits(node) {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || node.callee.computed) return [];
  const { property } = node.callee;
  const others = GROUPS.filter((group) => group.includes(property.name)).flat();
  const names = new Set(others.filter((name) => name !== property.name));
  return [...names].map((text) => ({ start: property.start, end: property.end, text }));
}
