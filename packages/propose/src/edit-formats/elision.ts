const COMMENT = /^\s*(?:\/\/+|#+|\/\*+|\*|--|<!--|\{\/\*)\s*(.*?)\s*(?:\*\/\}?|-->)?\s*$/;
const WORDS =
  /\b(?:rest|remaining|remainder|existing|unchanged|omitted|previous|same|other|original|as before|continues?|truncated|snip)\b/i;
const PLAIN =
  /^(?:the )?(?:(?:rest|remainder) of (?:the |this |your )?(?:\w+\s?){1,3}|(?:rest|remaining|existing|previous|other|original) (?:code|methods?|functions?|lines|implementation|imports|logic|content)s?(?: here| goes here| as before)?)(?: (?:is|are|remains?|stays?|kept|left|goes) ?(?:\w+ ?){0,3})?$/i;
const STAYS =
  /\b(?:remains?|stays?|is|are|kept|left) (?:exactly )?(?:the same|unchanged|as is|as before|as it was)\.?$/i;

/** True for a line that stands for code its author left out: `// ... rest unchanged`, `# existing code here`, `...`. */
export function isElision(line: string): boolean {
  const trimmed = line.trim();
  if (/^(?:\.{3}|…)$/.test(trimmed)) return true;
  if (/^[([{<]\s*(?:\.{3}|…)?\s*(?:rest|remaining|existing|unchanged|omitted|snip)\b[^()[\]{}]*[)\]}>]$/i.test(trimmed))
    return true;
  const comment = COMMENT.exec(line)?.[1];
  // Outside of a comment, dots before a sentence; `...rest` in code is followed by no blank.
  if (comment === undefined)
    return /^(?:\.{3}|…)\s+\(?[a-z][\w' ]*\)?(?:\s*(?:\.{3}|…))?$/i.test(trimmed) && WORDS.test(trimmed);
  const dots = /^(?:\.{3}|…)|(?:\.{3}|…)\)?$/.test(comment);
  const words = comment.replaceAll(/\.{3}|…|[()[\]]/g, " ").trim();
  if (dots) return words === "" || WORDS.test(words);
  return PLAIN.test(words) || (STAYS.test(words) && /\b(?:rest|code|function|methods?|file|everything)\b/i.test(words));
}

/** The first line that stands for something left out, and is not itself a line of the file; null when there is none. */
export function elidedLine(lines: readonly string[], fileLines: readonly string[]): string | null {
  const known = new Set(fileLines.map((line) => line.trim()));
  return lines.find((line) => isElision(line) && !known.has(line.trim())) ?? null;
}
