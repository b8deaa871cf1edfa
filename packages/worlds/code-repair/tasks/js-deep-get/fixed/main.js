/** Split "a.b[2].c" into ["a", "b", 2, "c"]. */
export function parsePath(path) {
  const keys = [];
  const pattern = /([^.[\]]+)|\[(\d+)\]/g;
  for (const match of path.matchAll(pattern)) {
    keys.push(match[2] !== undefined ? Number(match[2]) : match[1]);
  }
  return keys;
}

export function deepGet(value, path, fallback) {
  let current = value;
  for (const key of parsePath(path)) {
    if (current === null || current === undefined) return fallback;
    current = current[key];
  }
  return current === undefined ? fallback : current;
}

function copyOf(value, key) {
  if (Array.isArray(value)) return [...value];
  if (value !== null && typeof value === 'object') return { ...value };
  return typeof key === 'number' ? [] : {};
}

/** A copy of `value` with the place at `path` replaced; the original is kept. */
export function deepSet(value, path, replacement) {
  const keys = parsePath(path);
  const put = (node, depth) => {
    if (depth === keys.length) return replacement;
    const key = keys[depth];
    const copy = copyOf(node, key);
    copy[key] = put(copy[key], depth + 1);
    return copy;
  };
  return put(value, 0);
}
