/** Place of every player: one more than the number of better ones. */
export function places(scores) {
  return scores.map((score) => {
    const better = scores.filter((other) => other > score);
    return better.length + 1;
  });
}
