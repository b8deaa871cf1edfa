/** The text with the edits in it; null when two of them touch the same place. Edits are {start, end, text}. */
export function applyEdits(text, edits) {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = "";
  let at = 0;
  for (const { start, end, text: replacement } of ordered) {
    if (start < at) return null;
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

/** The 1-based line of an offset. */
export function lineOf(text, offset) {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** The paths whose text is another one than before, with their new text. */
export function changedFiles(before, after) {
  const changed = {};
  for (const path of Object.keys(after)) if (after[path] !== before[path]) changed[path] = after[path];
  return changed;
}
