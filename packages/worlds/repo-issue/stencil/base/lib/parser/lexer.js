import { TemplateError } from "../errors.js";

const KINDS = { "{{": "output", "{%": "tag", "{#": "comment" };
const ENDS = { "{{": "}}", "{%": "%}", "{#": "#}" };

/**
 * Splits a template into { kind: "text" | "output" | "tag", text, line }. A
 * dash inside of the braces ("{{-", "-%}") strips the blanks on that side.
 */
export function lex(source, template) {
  const pieces = [];
  let line = 1;
  let at = 0;
  let strip = false;
  while (at < source.length) {
    const open = findOpen(source, at);
    let text = source.slice(at, open);
    const opener = source.slice(open, open + 2);
    const lineOfTag = line + countLines(text);
    if (strip) text = text.trimStart();
    if (source[open + 2] === "-") text = text.trimEnd();
    if (text !== "") pieces.push({ kind: "text", text, line });
    line = lineOfTag;
    if (open === source.length) break;
    const close = source.indexOf(ENDS[opener], open + 2);
    if (close === -1) throw new TemplateError(`${opener} is not closed`, { template, line });
    const inside = source.slice(open + 2, close);
    strip = inside.endsWith("-");
    if (KINDS[opener] !== "comment") {
      pieces.push({ kind: KINDS[opener], text: inside.replace(/^-|-$/g, "").trim(), line });
    }
    line += countLines(inside);
    at = close + 2;
  }
  return pieces;
}

function findOpen(source, from) {
  const found = /\{[{%#]/.exec(source.slice(from));
  return found === null ? source.length : from + found.index;
}

function countLines(text) {
  return text.split("\n").length - 1;
}
