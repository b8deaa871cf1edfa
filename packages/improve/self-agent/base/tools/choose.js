/** The position drawn in proportion to weights, by a number in [0, 1); -1 when no weight is positive. */
export function chooseAt(weights, at) {
  let total = 0;
  for (const weight of weights) if (weight > 0) total += weight;
  if (total === 0) return -1;
  let rest = at * total;
  let last = -1;
  for (let i = 0; i < weights.length; i += 1) {
    if (weights[i] > 0) {
      rest -= weights[i];
      last = i;
      if (rest < 0) return i;
    }
  }
  return last;
}

/** The first of the items with the largest score, or null. */
export function best(items, score) {
  let top = null;
  for (const item of items) if (top === null || score(item) > score(top)) top = item;
  return top;
}
