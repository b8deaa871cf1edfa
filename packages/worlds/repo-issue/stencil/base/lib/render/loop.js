/** Pairs of key and value of what a loop goes over; nothing has none. */
export function toEntries(list) {
  if (list === null || list === undefined) return [];
  if (list instanceof Map) return [...list];
  if (typeof list === "number") return Array.from({ length: list }, (_, i) => [i, i + 1]);
  if (typeof list[Symbol.iterator] === "function") return [...list].map((value, index) => [index, value]);
  return Object.entries(list);
}

/** What a template knows about the loop it is in. */
export function loopInfo(index, length, parent) {
  return {
    index: index + 1,
    index0: index,
    left: length - index - 1,
    first: index === 0,
    last: index === length - 1,
    length,
    depth: (parent?.depth ?? 0) + 1,
    parent,
  };
}
