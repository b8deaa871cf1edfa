/** Reads [label](url "title") at a position: { label, url, title, end }, or null. */
export function readLink(text, at) {
  const close = matching(text, at, "[", "]");
  if (close === -1 || text[close + 1] !== "(") return null;
  const end = matching(text, close + 1, "(", ")");
  if (end === -1) return null;
  const inside = text.slice(close + 2, end).trim();
  const titled = /^(\S+)\s+"(.*)"$/.exec(inside);
  const url = titled ? titled[1] : inside;
  if (/\s/.test(url)) return null;
  return { label: text.slice(at + 1, close), url, title: titled ? titled[2] : "", end: end + 1 };
}

/** The bracket that closes the one at a position, with those in between counted. */
export function matching(text, at, open, close) {
  let depth = 0;
  for (let i = at; i < text.length; i += 1) {
    if (text[i] === "\\") i += 1;
    else if (text[i] === open) depth += 1;
    else if (text[i] === close) {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return -1;
}
