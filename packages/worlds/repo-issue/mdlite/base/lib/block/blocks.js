import { dedent, indentOf, isBlank, toLines } from "../util/lines.js";
import { readFence } from "./fence.js";
import { isTableStart, readTable } from "./table.js";
import { matchItem, readList } from "./list.js";

/** The blocks of a text: heading, rule, code, quote, list, table, paragraph. */
export function parseBlocks(text) {
  return blocksOf(toLines(text));
}

export function blocksOf(lines) {
  const blocks = [];
  let at = 0;
  while (at < lines.length) {
    if (isBlank(lines[at])) {
      at += 1;
      continue;
    }
    const [block, next] = readBlock(lines, at);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

function readBlock(lines, at) {
  const line = lines[at];
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading) return [{ type: "heading", level: heading[1].length, text: heading[2] }, at + 1];
  if (isRule(line)) return [{ type: "rule" }, at + 1];
  const fence = readFence(lines, at);
  if (fence) return fence;
  if (indentOf(line) >= 4) return readIndented(lines, at);
  if (line.startsWith(">")) return readQuote(lines, at);
  if (matchItem(line)) return readList(lines, at, blocksOf);
  if (isTableStart(lines, at)) return readTable(lines, at);
  return readParagraph(lines, at);
}

function isRule(line) {
  return /^ {0,3}([-*_])( *\1){2,} *$/.test(line);
}

function readIndented(lines, start) {
  let end = start;
  while (end < lines.length && (isBlank(lines[end]) || indentOf(lines[end]) >= 4)) end += 1;
  while (isBlank(lines[end - 1])) end -= 1;
  const text = lines.slice(start, end).map((line) => dedent(line, 4));
  return [{ type: "code", language: "", text: text.join("\n") }, end];
}

function readQuote(lines, start) {
  let end = start;
  while (end < lines.length && lines[end].startsWith(">")) end += 1;
  const inside = lines.slice(start, end).map((line) => line.replace(/^> ?/, ""));
  return [{ type: "quote", blocks: blocksOf(inside) }, end];
}

function readParagraph(lines, start) {
  let end = start + 1;
  while (end < lines.length && !isBlank(lines[end]) && !interrupts(lines[end])) end += 1;
  return [{ type: "paragraph", text: lines.slice(start, end).map((line) => line.trimStart()).join("\n") }, end];
}

function interrupts(line) {
  return /^#{1,6}\s/.test(line) || isRule(line) || /^(```|~~~)/.test(line) || line.startsWith(">") || matchItem(line);
}
