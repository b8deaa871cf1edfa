function isList(value) {
  return Array.isArray(value);
}

/** Deepest nesting of lists: 0 for anything else, 1 for a flat list. */
export function nesting(value) {
  if (!isList(value)) return 0;
  return 1 + Math.max(0, ...value.map(nesting));
}

/** Copy of `list` with up to `depth` levels of nested lists opened. */
export function flatten(list, depth = 1) {
  if (depth <= 0) return [...list];
  const out = [];
  for (const item of list) {
    if (isList(item)) out.push(...flatten(item, depth - 1));
    else out.push(item);
  }
  return out;
}

/** Group a flat list again into rows of `size`. */
export function rows(list, size) {
  if (!Number.isInteger(size) || size < 1) throw new RangeError('size must be a positive integer');
  const out = [];
  for (let i = 0; i < list.length; i += size) out.push(list.slice(i, i + size));
  return out;
}
