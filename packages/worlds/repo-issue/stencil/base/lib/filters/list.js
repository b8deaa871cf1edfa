export const listFilters = {
  join: (list, separator = ", ") => items(list).join(separator),
  first: (list) => items(list)[0],
  last: (list) => items(list).at(-1),
  count: (list) => items(list).length,
  reverse: (list) => items(list).toReversed(),
  sort: (list, key) => items(list).toSorted((a, b) => compare(pick(a, key), pick(b, key))),
  where: (list, key, value = true) => items(list).filter((item) => pick(item, key) === value),
  batch,
  sum: (list, key) => items(list).reduce((total, item) => total + Number(pick(item, key) ?? 0), 0),
};

function items(list) {
  if (list === null || list === undefined) return [];
  return typeof list === "object" && !(Symbol.iterator in list) ? Object.values(list) : [...list];
}

function pick(item, key) {
  return key === undefined ? item : item?.[key];
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rows of a size, the last one filled up when a filling is given. */
function batch(list, size, filling) {
  const all = items(list);
  const rows = [];
  for (let at = 0; at < all.length; at += size) {
    const row = all.slice(at, at + size);
    while (filling !== undefined && row.length < size) row.push(filling);
    rows.push(row);
  }
  return rows;
}
