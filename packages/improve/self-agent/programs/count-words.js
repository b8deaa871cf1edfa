export function countWords(text, shortest) {
  const counts = {};
  for (const word of text.toLowerCase().split(/[^a-z]+/)) {
    if (word.length < shortest || word === "") continue;
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

export const calls = [
  ["a b a", 1],
  ["The cat. The dog!", 2],
  ["", 1],
  ["aa b cc", 2],
  ["one,two,two", 3],
  ["Oh oh OH", 2],
];
