import { dedent, indentOf } from "../util/lines.js";

/** Code between fences of three or more "`" or "~"; without a closing one it goes on to the end. */
export function readFence(lines, start) {
  const open = /^ {0,3}(`{3,}|~{3,})\s*([^`\s]*)/.exec(lines[start]);
  if (open === null) return null;
  const [, marker, language] = open;
  const indent = indentOf(lines[start]);
  let end = start + 1;
  while (end < lines.length && !closes(lines[end], marker)) end += 1;
  const text = lines.slice(start + 1, end).map((line) => dedent(line, indent));
  return [{ type: "code", language, text: text.join("\n") }, Math.min(end + 1, lines.length)];
}

function closes(line, marker) {
  const text = line.trim();
  return text.length >= marker.length && text === marker[0].repeat(text.length);
}
