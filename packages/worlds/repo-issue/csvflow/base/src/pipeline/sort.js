/** A comparison by columns; "-name" sorts downwards. Missing values come last either way. */
export function compareBy(columns) {
  const keys = columns.map((column) =>
    column.startsWith("-") ? { name: column.slice(1), sign: -1 } : { name: column, sign: 1 },
  );
  return (a, b) => {
    for (const { name, sign } of keys) {
      const order = compareValues(a[name], b[name], sign);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compareValues(a, b, sign) {
  const [noA, noB] = [a === null || a === undefined, b === null || b === undefined];
  if (noA || noB) return Number(noA) - Number(noB);
  if (typeof a === "string" && typeof b === "string") return sign * a.localeCompare(b, "en", { numeric: true });
  return sign * (a < b ? -1 : a > b ? 1 : 0);
}
