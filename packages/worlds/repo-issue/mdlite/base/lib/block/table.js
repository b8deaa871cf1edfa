/** Tables with pipes: a head, a row of dashes that says how columns are aligned, and rows. */
export function isTableStart(lines, at) {
  const rule = lines[at + 1];
  return rule !== undefined && lines[at].includes("|") && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(rule);
}

export function readTable(lines, start) {
  const head = splitRow(lines[start]);
  const align = splitRow(lines[start + 1]).map(alignment);
  const rows = [];
  let at = start + 2;
  while (at < lines.length && lines[at].includes("|")) {
    const cells = splitRow(lines[at]);
    rows.push(head.map((_, column) => cells[column] ?? ""));
    at += 1;
  }
  return [{ type: "table", head, align, rows }, at];
}

/** The cells of a row; "\|" is a pipe inside of a cell. */
export function splitRow(line) {
  const cells = [""];
  const text = line.trim().replace(/^\|/, "");
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === "\\" && text[i + 1] === "|") {
      cells[cells.length - 1] += "|";
      i += 1;
    } else if (text[i] === "|") {
      if (i < text.length - 1) cells.push("");
    } else {
      cells[cells.length - 1] += text[i];
    }
  }
  return cells.map((cell) => cell.trim());
}

function alignment(cell) {
  const [left, right] = [cell.startsWith(":"), cell.endsWith(":")];
  if (left && right) return "center";
  return right ? "right" : left ? "left" : null;
}
