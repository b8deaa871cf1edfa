const CANDIDATES = [",", ";", "\t", "|"];

/**
 * The delimiter that stands most often in the first line, outside of quotes. A comma when there is none.
 * @param {string} text
 */
export function guessDelimiter(text) {
  const counts = new Map(CANDIDATES.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === "\n" || char === "\r")) break;
    else if (!quoted && counts.has(char)) counts.set(char, counts.get(char) + 1);
  }
  let best = ",";
  for (const [delimiter, times] of counts) if (times > counts.get(best)) best = delimiter;
  return best;
}
