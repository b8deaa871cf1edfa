/** Lines with every search term in capitals. */
export function highlight(lines, terms) {
  const out = [];
  for (const line of lines) {
    let text = line;
    for (const term of terms) {
      const pattern = new RegExp("\\b" + term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + "\\b", "gi");
      text = text.replace(pattern, term.toUpperCase());
    }
    out.push(text);
  }
  return out;
}
