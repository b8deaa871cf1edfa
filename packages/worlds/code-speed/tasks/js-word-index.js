/** Positions at which each word of a text stands. */
export function wordIndex(text) {
  return text
    .split(" ")
    .filter((word) => word !== "")
    .reduce((index, word, position) => ({ ...index, [word]: [...(index[word] || []), position] }), {});
}
