const FUNCTIONS = {
  count: (values) => values.length,
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  min: (values) => (values.length === 0 ? null : values.reduce((a, b) => (b < a ? b : a))),
  max: (values) => (values.length === 0 ? null : values.reduce((a, b) => (b > a ? b : a))),
  mean: (values) => (values.length === 0 ? null : FUNCTIONS.sum(values) / values.length),
};

/**
 * One record per group, in order of first appearance. `columns` maps a new name
 * to [function, column]; missing values do not count.
 */
export function aggregate(records, names, columns) {
  const groups = new Map();
  for (const record of records) {
    const key = JSON.stringify(names.map((name) => record[name] ?? null));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups.values()].map((members) => {
    const result = Object.fromEntries(names.map((name) => [name, members[0][name] ?? null]));
    for (const [name, [fn, column]] of Object.entries(columns)) {
      const values = members.map((member) => member[column]).filter((value) => value !== null && value !== undefined);
      result[name] = FUNCTIONS[fn](values);
    }
    return result;
  });
}
