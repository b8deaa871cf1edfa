import { UsageError, type TextEdit } from "@pawl/core";

/** A number in a text: the literal itself, with its sign where that cannot be anything but a sign. */
export interface NumberSpan {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  /** Written as a whole number, and so kept whole. */
  readonly whole: boolean;
  /** A minus sign written here could meet an operator before it, and needs parentheses. */
  readonly guarded: boolean;
}

const REGION_START = "pawl:numbers-start";
const REGION_END = "pawl:numbers-end";

/** Strings, comments and names are matched first, so that digits inside of them are passed over. */
const STRINGS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/;
const LITERAL = /[\p{L}_$][\p{L}\p{N}_$]*|((?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)(?![\p{L}\p{N}_$])/u;
const SLASH_COMMENTS = /\/\/[^\n]*|\/\*[\s\S]*?\*\//;
const HASH_COMMENTS = /#[^\n]*/;
const HASH_FILES = /\.(?:py|rb|jl|r|sh|toml|ya?ml)$/i;
const JSON_TOKEN = /"(?:\\.|[^"\\])*"|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

/**
 * The numbers of a file that may change, in order: all of a JSON file; in code the literals between comments `pawl:numbers-start` and
 * `pawl:numbers-end`. Whole numbers stay whole, in JSON only if the file holds no others. Throws UsageError when there are none.
 */
export function findNumbers(path: string, text: string): NumberSpan[] {
  const spans = path.endsWith(".json") ? jsonNumbers(text) : codeNumbers(path, text);
  if (spans.length > 0) return spans;
  throw new UsageError({
    what: "there are no numbers to change",
    where: path,
    todo: `Use a JSON file that holds numbers, or put the literals between comments "${REGION_START}" and "${REGION_END}".`,
  });
}

function jsonNumbers(text: string): NumberSpan[] {
  const matches = [...text.matchAll(JSON_TOKEN)].filter((match) => match[1] !== undefined);
  // 1 and 0.5 in one file are both real numbers, for a program writes 1.0 as 1.
  const whole = matches.every((match) => isWhole(match[0]));
  return matches.map(({ 0: literal, index: start }) => {
    return { start, end: start + literal.length, value: Number(literal) + 0, whole, guarded: false };
  });
}

function codeNumbers(path: string, text: string): NumberSpan[] {
  const spans: NumberSpan[] = [];
  const comments = HASH_FILES.test(path) ? HASH_COMMENTS : SLASH_COMMENTS;
  const token = new RegExp(`${STRINGS.source}|${comments.source}|${LITERAL.source}`, "gu");
  for (let from = text.indexOf(REGION_START); from >= 0; from = text.indexOf(REGION_START, from + 1)) {
    const to = text.indexOf(REGION_END, from);
    if (to < 0) {
      const line = text.slice(0, from).split("\n").length;
      throw new UsageError({
        what: `${REGION_START} has no ${REGION_END}`,
        where: `${path}:${line}`,
        todo: `Add a comment ${REGION_END}.`,
      });
    }
    // The rest of the line of the marker belongs to its comment.
    const lineEnd = text.indexOf("\n", from);
    const region = text.slice(lineEnd, to);
    for (const match of region.matchAll(token)) {
      const literal = match[1];
      if (literal === undefined) continue;
      const before = region.slice(0, match.index).trimEnd();
      const sign = before.endsWith("-") && /(?:^|[=(,:[{?;&|<>!+*/%]|\breturn)$/.test(before.slice(0, -1).trimEnd());
      const start = sign ? before.length - 1 : match.index;
      const value = Number(literal.replaceAll("_", ""));
      spans.push({
        start: lineEnd + start,
        end: lineEnd + match.index + literal.length,
        value: sign ? -value : value,
        whole: isWhole(literal),
        guarded: !sign && !/[=(,:[{]$/.test(before),
      });
    }
  }
  return spans;
}

function isWhole(literal: string): boolean {
  return !/[.eE]/.test(literal);
}

/** Values as they can be written: whole where the literal is whole, and no negative zero. */
export function writable(spans: readonly NumberSpan[], values: readonly number[]): number[] {
  return spans.map(({ whole }, i) => {
    const value = values[i] as number;
    if (!Number.isFinite(value)) throw new RangeError(`value ${i} is ${value}`);
    return (whole ? Math.round(value) : value) + 0;
  });
}

/** Edits that write the values in place of the spans; layout and everything else stay as they are. */
export function numberEdits(spans: readonly NumberSpan[], values: readonly number[]): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const [i, value] of writable(spans, values).entries()) {
    const span = spans[i] as NumberSpan;
    if (value === span.value) continue;
    const text = span.whole ? BigInt(value).toString() : String(value);
    edits.push({ start: span.start, end: span.end, text: span.guarded && value < 0 ? `(${text})` : text });
  }
  return edits;
}
