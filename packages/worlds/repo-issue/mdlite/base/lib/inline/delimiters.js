/**
 * Where emphasis that opens at a position closes, or -1. The text inside must
 * not begin or end with a blank, and "_" does not work inside of words.
 */
export function findCloser(text, at, marker) {
  const start = at + marker.length;
  if (/\s/.test(text[start] ?? " ")) return -1;
  if (marker[0] === "_" && isWord(text[at - 1])) return -1;
  for (let i = start + 1; i <= text.length - marker.length; i += 1) {
    if (text[i] === "\\") {
      i += 1;
      continue;
    }
    if (!text.startsWith(marker, i) || /\s/.test(text[i - 1])) continue;
    if (marker.length === 1 && text[i + 1] === marker) {
      i += 1;
      continue;
    }
    if (marker[0] === "_" && isWord(text[i + marker.length])) continue;
    return i;
  }
  return -1;
}

function isWord(character) {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
