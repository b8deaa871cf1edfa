const SKIPPED = new Set(["type", "start", "end", "range", "loc"]);

/** Every node of a tree with its parent, in the order of the source. */
export function walk(root) {
  const found = [];
  const visit = (node, parent, field) => {
    found.push({ node, parent, field });
    for (const name of Object.keys(node)) {
      if (SKIPPED.has(name)) continue;
      const value = node[name];
      for (const item of Array.isArray(value) ? value : [value]) if (isNode(item)) visit(item, node, name);
    }
  };
  if (isNode(root)) visit(root, null, null);
  return found;
}

function isNode(value) {
  return value !== null && typeof value === "object" && typeof value.type === "string";
}
