const OPEN = "({[";
const CLOSE = ")}]";

export interface Brackets {
  /** Closing brackets whose opening ones stand before the text, in order. */
  readonly before: string;
  /** Closing brackets that the text still needs, in order. */
  readonly after: string;
}

/** The brackets that a piece cut out of a JavaScript program lacks. Texts, templates and comments are skipped; regular expressions are not told from divisions. */
export function missingBrackets(text: string): Brackets {
  const open: string[] = [];
  let before = "";
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string;
    const next = text[i + 1];
    if (letter === "/" && next === "/") i = endOf(text, "\n", i);
    else if (letter === "/" && next === "*") i = endOf(text, "*/", i + 2) + 1;
    else if (letter === '"' || letter === "'" || letter === "`") i = endOfQuote(text, letter, i + 1);
    else if (OPEN.includes(letter)) open.push(letter);
    else if (CLOSE.includes(letter)) {
      if (open.length > 0) open.pop();
      else before += letter;
    }
  }
  const after = open
    .reverse()
    .map((letter) => CLOSE[OPEN.indexOf(letter)])
    .join("");
  return { before, after };
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found;
}

function endOfQuote(text: string, quote: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === quote) return i;
  }
  return text.length;
}
