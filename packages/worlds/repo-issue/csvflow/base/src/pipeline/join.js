/**
 * Joins records that agree in a column. With `how: "left"` records without a
 * partner stay, and lack values as null.
 */
export function* joinRecords(left, right, on, { how = "inner", suffix = "_right" } = {}) {
  const index = new Map();
  const names = new Set();
  for (const record of right) {
    for (const name of Object.keys(record)) if (name !== on) names.add(name);
    const found = index.get(record[on]);
    if (found === undefined) index.set(record[on], [record]);
    else found.push(record);
  }
  const nothing = Object.fromEntries([...names].map((name) => [name, null]));
  for (const record of left) {
    const partners = index.get(record[on]) ?? (how === "left" ? [nothing] : []);
    for (const partner of partners) yield combine(record, partner, on, suffix);
  }
}

function combine(record, partner, on, suffix) {
  const result = { ...record };
  for (const [name, value] of Object.entries(partner)) {
    if (name === on) continue;
    result[name in record ? `${name}${suffix}` : name] = value;
  }
  return result;
}
