import { escapeHtml, safeUrl } from "../util/escape.js";
import { readLink } from "./link.js";
import { findCloser } from "./delimiters.js";

const TAGS = { "**": "strong", __: "strong", "*": "em", _: "em", "~~": "del" };

/** Inline text as HTML. */
export function renderInline(text) {
  let html = "";
  let at = 0;
  while (at < text.length) {
    const [piece, next] = readInline(text, at);
    html += piece;
    at = next;
  }
  return html;
}

function readInline(text, at) {
  const character = text[at];
  if (character === "\\" && /[\\`*_~[\]()#!|<>-]/.test(text[at + 1] ?? "")) return [escapeHtml(text[at + 1]), at + 2];
  if (character === "`") return readCode(text, at);
  if (character === "!" && text[at + 1] === "[") {
    const image = readLink(text, at + 1);
    if (image) return [`<img src="${escapeHtml(safeUrl(image.url))}" alt="${escapeHtml(image.label)}"${titleOf(image)}>`, image.end];
  }
  if (character === "[") {
    const link = readLink(text, at);
    if (link) return [`<a href="${escapeHtml(safeUrl(link.url))}"${titleOf(link)}>${renderInline(link.label)}</a>`, link.end];
  }
  if (text.startsWith("  \n", at)) return ["<br>\n", at + 3];
  for (const marker of ["**", "__", "~~", "*", "_"]) {
    if (!text.startsWith(marker, at)) continue;
    const end = findCloser(text, at, marker);
    if (end === -1) continue;
    const tag = TAGS[marker];
    return [`<${tag}>${renderInline(text.slice(at + marker.length, end))}</${tag}>`, end + marker.length];
  }
  return [escapeHtml(character), at + 1];
}

function readCode(text, at) {
  const ticks = /^`+/.exec(text.slice(at))[0];
  let end = text.indexOf(ticks, at + ticks.length);
  while (end !== -1 && text[end + ticks.length] === "`") end = text.indexOf(ticks, end + ticks.length + 1);
  if (end === -1) return [ticks, at + ticks.length];
  const inside = text.slice(at + ticks.length, end);
  const code = /^ .*[^ ].* $/.test(inside) ? inside.slice(1, -1) : inside;
  return [`<code>${escapeHtml(code)}</code>`, end + ticks.length];
}

function titleOf(link) {
  return link.title === "" ? "" : ` title="${escapeHtml(link.title)}"`;
}
