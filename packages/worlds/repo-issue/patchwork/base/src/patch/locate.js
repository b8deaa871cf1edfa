/** Where lines stand, searched from a position outwards; -1 when not within reach. */
export function locate(lines, wanted, expected, reach) {
  for (let distance = 0; distance <= reach; distance += 1) {
    for (const at of distance === 0 ? [expected] : [expected - distance, expected + distance]) {
      if (matchesAt(lines, wanted, at)) return at;
    }
  }
  return -1;
}

function matchesAt(lines, wanted, at) {
  if (at < 0 || at + wanted.length > lines.length) return false;
  return wanted.every((line, i) => lines[at + i] === line);
}
