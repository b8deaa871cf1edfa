/** Number of pairs of amounts that make exactly the target. */
export function countPairs(amounts, target) {
  let pairs = 0;
  for (let i = 0; i < amounts.length; i++) {
    for (let j = i + 1; j < amounts.length; j++) {
      if (amounts[i] + amounts[j] === target) {
        pairs++;
      }
    }
  }
  return pairs;
}
