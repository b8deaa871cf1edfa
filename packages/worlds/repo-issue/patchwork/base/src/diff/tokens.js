/** Lines with their ends, so that joining them gives the text again. */
export function splitLines(text) {
  return text === "" ? [] : text.match(/[^\n]*\n|[^\n]+$/g);
}

/** Words, runs of blanks and single signs. */
export function splitWords(text) {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}
