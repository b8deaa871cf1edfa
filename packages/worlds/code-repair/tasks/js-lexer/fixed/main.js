const KEYWORDS = new Set(['let', 'if', 'else']);
const TWO_CHARS = new Set(['==', '!=', '<=', '>=', '=>']);
const ONE_CHAR = new Set([...'+-*/=<>(){},;']);

function takeWhile(text, from, test) {
  let end = from;
  while (end < text.length && test(text[end])) end += 1;
  return text.slice(from, end);
}

const isDigit = (ch) => ch >= '0' && ch <= '9';
const isLetter = (ch) => /[A-Za-z_]/.test(ch);

/** Tokens as "kind:text" strings; comments run from # to the end of the line. */
export function tokens(source) {
  const out = [];
  let at = 0;
  const push = (kind, text) => {
    out.push(`${kind}:${text}`);
    at += text.length;
  };
  while (at < source.length) {
    const ch = source[at];
    if (ch === '#') {
      at += takeWhile(source, at, (c) => c !== '\n').length;
      continue;
    }
    if (/\s/.test(ch)) {
      at += 1;
      continue;
    }
    if (isDigit(ch)) push('number', takeWhile(source, at, isDigit));
    else if (isLetter(ch)) {
      const word = takeWhile(source, at, (c) => isLetter(c) || isDigit(c));
      push(KEYWORDS.has(word) ? 'keyword' : 'name', word);
    } else if (TWO_CHARS.has(source.slice(at, at + 2))) push('op', source.slice(at, at + 2));
    else if (ONE_CHAR.has(ch)) push('op', ch);
    else throw new SyntaxError(`unexpected ${ch} at ${at}`);
  }
  return out;
}
