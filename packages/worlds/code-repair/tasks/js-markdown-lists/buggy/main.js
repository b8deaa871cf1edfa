import { escapeHtml, inline } from './inline.js';

const HEADING = /^(#{1,5})\s+(.+)$/;
const ITEM = /^[-*]\s+(.+)$/;

function takeItems(lines, from) {
  const items = [];
  let at = from;
  if (at < lines.length && ITEM.test(lines[at])) {
    items.push(ITEM.exec(lines[at])[1]);
    at += 1;
  }
  return items;
}

/** HTML lines for headings, lists, fenced code and paragraphs of one line. */
export function render(text) {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const out = [];
  let code = false;
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i];
    const heading = HEADING.exec(line);
    if (line === '```') {
      code = !code;
      out.push(code ? '<pre>' : '</pre>');
    } else if (code) out.push(escapeHtml(line));
    else if (heading) {
      const level = heading[1].length;
      out.push(`<h${level}>${inline(heading[2])}</h${level}>`);
    } else if (ITEM.test(line)) {
      const items = takeItems(lines, i);
      out.push('<ul>', ...items.map((item) => `<li>${item}</li>`), '</ul>');
      i += items.length - 1;
    } else if (line !== '') out.push(`<p>${inline(line)}</p>`);
  }
  if (code) out.push('</pre>');
  return out;
}
