/** Sub-words of a name or text in lower case, in their order: `parseHTTPHeader_v2` → parse, http, header, v2. Words of one letter are left out. */
export function subWords(text: string): string[] {
  return text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
}

/** Frequent English words, and words of programs that stand in every file: they say nothing about a place. */
const EMPTY = new Set(
  (
    "an and are as at be but by can do does for from has have if in into is it its not of on or so than that the their then there these " +
    "they this to was we were when which while will with would you your after before all any also been being both each get gets got had how " +
    "just more most no now only other our out over same should some such too under until up very what where who why about again because " +
    "could did doing down during few further he her here him his me my off once own she through those us " +
    "const let var def self return function class import export null none true false undefined new await async"
  ).split(" "),
);

/** The sub-words that may tell one place from another. */
export function tellingWords(text: string): string[] {
  return subWords(text).filter((word) => !EMPTY.has(word));
}
