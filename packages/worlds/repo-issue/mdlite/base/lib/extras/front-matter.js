/** Splits "---\nkey: value\n---\n" from the start of a text. */
export function readFrontMatter(text) {
  const match = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/.exec(text);
  if (match === null) return { data: {}, body: text };
  const data = {};
  for (const line of match[1].split(/\r?\n/)) {
    const at = line.indexOf(":");
    if (at === -1) continue;
    data[line.slice(0, at).trim()] = readValue(line.slice(at + 1).trim());
  }
  return { data, body: text.slice(match[0].length) };
}

function readValue(text) {
  if (/^\[.*\]$/.test(text)) {
    return text
      .slice(1, -1)
      .split(",")
      .map((item) => readValue(item.trim()));
  }
  if (text === "true" || text === "false") return text === "true";
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text.replace(/^(["'])(.*)\1$/, "$2");
}
