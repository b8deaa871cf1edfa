const CANDIDATES = [",", ";", "\t", "|"];

/** Guesses the delimiter: the one that is found equally often in the first lines. */
export function guessDelimiter(text, lines = 5) {
  const sample = text.split(/\r?\n/).filter((line) => line !== "").slice(0, lines);
  let best = ",";
  let bestScore = 0;
  for (const candidate of CANDIDATES) {
    const counts = sample.map((line) => countOutsideQuotes(line, candidate));
    const fewest = Math.min(...counts);
    const even = counts.every((count) => count === fewest);
    const score = fewest * (even ? 2 : 1);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

export function countOutsideQuotes(line, character) {
  let inside = false;
  let count = 0;
  for (const each of line) {
    if (each === '"') inside = !inside;
    else if (each === character && !inside) count += 1;
  }
  return count;
}
