/**
 * Where tokens of JavaScript and TypeScript end that hold text which is no code. -1 where there is no end: then the parser stops there with a syntax
 * error, whatever follows.
 */

/** `at`: that of the opening quote. */
export function endOfString(source: string, at: number): number {
  const quote = source[at];
  for (let i = at + 1; i < source.length; i++) {
    const letter = source[i];
    if (letter === quote) return i + 1;
    if (letter === "\\") i += source[i + 1] === "\r" && source[i + 2] === "\n" ? 2 : 1;
    else if (letter === "\n" || letter === "\r") return -1;
  }
  return -1;
}

/** Behind the closing backtick, or behind the next `${`. `at`: that of the text. */
export function endOfTemplatePart(source: string, at: number): number {
  for (let i = at; i < source.length; i++) {
    const letter = source[i];
    if (letter === "\\") i += 1;
    else if (letter === "`") return i + 1;
    else if (letter === "$" && source[i + 1] === "{") return i + 2;
  }
  return -1;
}

/** `at`: that of the opening slash. The letters behind the closing one are left. */
export function endOfRegularExpression(source: string, at: number): number {
  let inClass = false;
  for (let i = at + 1; i < source.length; i++) {
    const letter = source[i];
    if (isLineEnd(source.charCodeAt(i))) return -1;
    if (letter === "\\") i += isLineEnd(source.charCodeAt(i + 1)) ? 0 : 1;
    else if (letter === "[") inClass = true;
    else if (letter === "]") inClass = false;
    else if (letter === "/" && !inClass) return i + 1;
  }
  return -1;
}

/** Of a comment that may be longer than a line. */
export function endOfComment(source: string, at: number): number {
  const end = source.indexOf("*/", at + 2);
  return end < 0 ? -1 : end + 2;
}

export function endOfLine(source: string, at: number): number {
  let end = at;
  while (end < source.length && !isLineEnd(source.charCodeAt(end))) end += 1;
  return end;
}

/** Of a name, keyword or number. */
export function endOfWord(source: string, at: number): number {
  const isNumber = isDigit(source.charCodeAt(at));
  for (let end = at + 1; end < source.length; end++) {
    const code = source.charCodeAt(end);
    if (!isWord(code) && !(isNumber && code === POINT)) return end;
  }
  return source.length;
}

const POINT = 46;

export function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}

export function isSpace(code: number): boolean {
  return code <= 32 || (code >= 128 && !isWord(code));
}

/** Letters of names, keywords and numbers; `#` and `\` belong to names. */
export function isWord(code: number): boolean {
  if (code < 128) return WORD[code] === true;
  return !/[\s\u0085\u200b]/.test(String.fromCharCode(code)); // what the parser takes for white space
}

const WORD: readonly boolean[] = Array.from({ length: 128 }, (_, code) => /[\w$#\\]/.test(String.fromCharCode(code)));

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
