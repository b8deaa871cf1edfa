import type { Feedback } from "@pawl/core";

/** Symbols of code as words, so that an index of words can find them. */
const SYMBOLS: readonly (readonly [symbol: string, word: string])[] = [
  ["===", "op_strictly_equal"],
  ["!==", "op_strictly_unequal"],
  ["=>", "op_arrow"],
  ["<=", "op_at_most"],
  [">=", "op_at_least"],
  ["==", "op_equal"],
  ["!=", "op_unequal"],
  ["&&", "op_and"],
  ["||", "op_or"],
  ["??", "op_else"],
  ["?.", "op_optional"],
  ["++", "op_increment"],
  ["--", "op_decrement"],
  ["+=", "op_add_to"],
  ["-=", "op_take_from"],
  ["**", "op_power"],
  ["//", "op_floor"],
  ["<", "op_less"],
  [">", "op_more"],
  ["+", "op_plus"],
  ["-", "op_minus"],
  ["*", "op_times"],
  ["/", "op_over"],
  ["%", "op_modulo"],
  ["!", "op_not"],
  ["[", "op_index"],
];

const LONGEST_TEXT = 4000;

/**
 * Words of a failure that another failure of the same kind would share: the error's type, the message without its values, how actual differs
 * from expected, the name of the test, and the functions on the stack that are named in it.
 */
export function symptomWords(failures: readonly Feedback[]): string {
  const words = failures.flatMap(({ name, message, expected, actual }) => [
    ...(/\b([A-Z]\w*(?:Error|Exception))\b/.exec(message)?.slice(1, 2) ?? []).map((type) => `type_${type}`),
    ...split(normalised(message)),
    ...(name === undefined ? [] : split(name.slice(name.indexOf(" > ") + 1))),
    ...(expected === undefined || actual === undefined ? [] : differences(expected, actual)),
  ]);
  return unique(words);
}

/** Words of a piece of code: identifiers, also by their parts, and symbols. */
export function codeWords(code: string): string {
  const text = code.slice(0, LONGEST_TEXT);
  const symbols = SYMBOLS.filter(([symbol]) => text.includes(symbol)).map(([, word]) => word);
  return unique([...split(text.replaceAll(/(["'`])(?:\\.|(?!\1)[^\\\n])*\1/g, " text ")), ...symbols]);
}

/** Numbers, quoted texts, paths and addresses are this failure's own. */
export function normalised(message: string): string {
  return message
    .slice(0, LONGEST_TEXT)
    .replaceAll(/(["'`])(?:\\.|(?!\1)[^\\\n])*\1/g, " text ")
    .replaceAll(/(?:[\w.-]*\/)+[\w.-]+/g, " path ")
    .replaceAll(/\b0x[0-9a-f]+\b/gi, " address ")
    .replaceAll(/[-+]?\b\d[\d_.]*(?:e[-+]?\d+)?\b/gi, " number ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** How the two differ, as far as that can be told from their text. */
function differences(expected: string, actual: string): readonly string[] {
  const kind = (text: string): string =>
    /^[-+]?[\d.]+$/.test(text)
      ? "number"
      : /^\s*[[(]/.test(text)
        ? "list"
        : /^\s*\{/.test(text)
          ? "object"
          : text.length > 20
            ? "text"
            : text;
  const words = [`wanted_${kind(expected)}`, `got_${kind(actual)}`];
  const [a, b] = [Number(expected), Number(actual)];
  if (expected.trim() !== "" && Number.isFinite(a) && Number.isFinite(b)) {
    words.push(b > a ? "too_high" : "too_low");
    if (Math.abs(a - b) === 1) words.push("off_by_one");
    if (a === -b) words.push("wrong_sign");
  } else if (expected.length !== actual.length) words.push(actual.length > expected.length ? "too_long" : "too_short");
  return words.map((word) => word.replaceAll(/\W+/g, "_"));
}

/** camelCase and snake_case are taken apart, and kept whole as well. */
function split(text: string): readonly string[] {
  return (text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).flatMap((word) => {
    const parts = word
      .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
      .split(/[ _]+/)
      .filter((part) => part !== "");
    return parts.length > 1 ? [word, ...parts] : [word];
  });
}

function unique(words: readonly string[]): string {
  return [...new Set(words.map((word) => word.toLowerCase()))].join(" ");
}
