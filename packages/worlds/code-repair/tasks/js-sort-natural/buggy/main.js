function chunks(name) {
  return name.toLowerCase().split(/\d+|\D+/) ?? [];
}

function isNumber(chunk) {
  return chunk !== '' && chunk[0] >= '0' && chunk[0] <= '9';
}

function compareChunks(a, b) {
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Compare so that "file2" comes before "file10"; letter case only breaks ties. */
export function naturalCompare(left, right) {
  const a = chunks(left);
  const b = chunks(right);
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) {
    const order = compareChunks(a[i], b[i]);
    if (order !== 0) return Math.sign(order);
  }
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function naturalSort(names) {
  return [...names].sort(naturalCompare);
}
