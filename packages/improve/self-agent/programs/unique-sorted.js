export function unique(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const kept = [];
  for (let at = 0; at < sorted.length; at++) {
    if (at === 0 || sorted[at] !== sorted[at - 1]) kept.push(sorted[at]);
  }
  return kept;
}

export const calls = [[[3, 1, 3]], [[]], [[1, 1, 1]], [[2, 1]], [[10, 9, 10, 1]], [[5]], [[0, -1, 0, 4]]];
