/** Pairs of positions [i, j] of a longest common subsequence. */
export function commonPairs(a, b, same = Object.is) {
  const start = commonStart(a, b, same);
  const end = commonEnd(a, b, start, same);
  const [middleA, middleB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const pairs = [];
  for (let i = 0; i < start; i += 1) pairs.push([i, i]);
  for (const [i, j] of table(middleA, middleB, same)) pairs.push([i + start, j + start]);
  for (let k = end; k > 0; k -= 1) pairs.push([a.length - k, b.length - k]);
  return pairs;
}

function table(a, b, same) {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i][j] = same(a[i], b[j]) ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const pairs = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (same(a[i], b[j])) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

function commonStart(a, b, same) {
  let n = 0;
  while (n < a.length && n < b.length && same(a[n], b[n])) n += 1;
  return n;
}

function commonEnd(a, b, start, same) {
  let n = 0;
  while (n < a.length - start && n < b.length - start && same(a[a.length - 1 - n], b[b.length - 1 - n])) n += 1;
  return n;
}
