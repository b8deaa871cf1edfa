export function shift(text, by) {
  let result = "";
  for (const letter of text) {
    const code = letter.charCodeAt(0) - 97;
    if (code < 0 || code >= 26) result += letter;
    else result += String.fromCharCode(((code + by + 26) % 26) + 97);
  }
  return result;
}

export const calls = [
  ["abc", 1],
  ["xyz", 3],
  ["a b", 2],
  ["", 5],
  ["bcd", -1],
  ["a", -1],
  ["Hi!", 4],
  ["hello", 13],
];
