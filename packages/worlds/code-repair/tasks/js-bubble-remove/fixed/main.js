// A column is a list of colours from bottom to top.

function runs(column) {
  const found = [];
  let start = 0;
  for (let i = 1; i <= column.length; i += 1) {
    if (i === column.length || column[i] !== column[start]) {
      found.push({ start, length: i - start });
      start = i;
    }
  }
  return found;
}

/** Remove every run of `size` or more at once; the remaining ones fall down. */
export function clearRuns(column, size = 3) {
  const rest = [...column];
  const long = runs(rest).filter((run) => run.length >= size);
  for (let i = long.length - 1; i >= 0; i -= 1) {
    rest.splice(long[i].start, long[i].length);
  }
  return rest;
}

/** Clear again and again until nothing changes; how many rounds it took. */
export function collapse(column, size = 3) {
  if (size < 1) throw new RangeError('size must be at least 1');
  let current = column;
  let rounds = 0;
  for (;;) {
    const next = clearRuns(current, size);
    if (next.length === current.length) return { column: current, rounds };
    current = next;
    rounds += 1;
  }
}
