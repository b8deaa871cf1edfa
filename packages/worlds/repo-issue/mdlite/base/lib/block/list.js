import { dedent, indentOf, isBlank } from "../util/lines.js";

export function matchItem(line) {
  const match = /^( {0,3})([-*+]|(\d{1,9})[.)])( +|$)/.exec(line);
  if (match === null) return null;
  const [whole, , marker, number] = match;
  return { width: whole.length, ordered: number !== undefined, start: Number(number ?? 0), style: marker.at(-1) };
}

/** A list with its items; an item is a list of blocks. Blank lines between items make it loose. */
export function readList(lines, start, blocksOf) {
  const first = matchItem(lines[start]);
  const items = [];
  let loose = false;
  let at = start;
  while (at < lines.length) {
    const item = matchItem(lines[at]);
    if (item === null || item.style !== first.style) break;
    const [inside, next] = readItem(lines, at, item);
    items.push(blocksOf(inside));
    const gap = skipBlank(lines, next);
    if (gap > next && gap < lines.length && matchItem(lines[gap])) loose = true;
    at = gap;
  }
  return [{ type: "list", ordered: first.ordered, start: first.start, loose, items }, at];
}

function readItem(lines, start, item) {
  const inside = [lines[start].slice(item.width)];
  let at = start + 1;
  while (at < lines.length) {
    const line = lines[at];
    if (isBlank(line)) {
      const next = skipBlank(lines, at);
      if (next >= lines.length || indentOf(lines[next]) < item.width) break;
    } else if (indentOf(line) < item.width && (matchItem(line) || isBlank(lines[at - 1]))) {
      break;
    }
    inside.push(dedent(line, item.width));
    at += 1;
  }
  return [inside, at];
}

function skipBlank(lines, at) {
  let next = at;
  while (next < lines.length && isBlank(lines[next])) next += 1;
  return next;
}
