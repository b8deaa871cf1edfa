const PAIRS = { ')': '(', ']': '[', '}': '{' };
const OPENERS = new Set(Object.values(PAIRS));

/**
 * Position of the first bracket that breaks the balance, or -1. Text between
 * double quotes is ignored; a backslash escapes the next character in it.
 */
export function unbalancedAt(text) {
  const open = [];
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const ch = text[i];
    if (quoted) {
      if (ch === '\\') i += 1;
      else if (ch === '"') quoted = false;
      continue;
    }
    if (ch === '"') {
      quoted = true;
    } else if (OPENERS.has(ch)) {
      open.push({ ch, at: i });
    } else if (ch in PAIRS) {
      const top = open.pop();
      if (top.ch !== PAIRS[ch]) return i;
    }
  }
  return open.length > 0 ? open[open.length - 1].at : -1;
}

export function isBalanced(text) {
  return unbalancedAt(text) === -1;
}
