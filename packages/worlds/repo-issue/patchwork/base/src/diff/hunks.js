/**
 * Groups the changes of a diff with lines of context around them. Hunks whose
 * contexts touch become one. Starts count from 0.
 */
export function toHunks(parts, context = 3) {
  const lines = number(parts);
  const changed = lines.flatMap((line, at) => (line.kind === "same" ? [] : [at]));
  const ranges = [];
  for (const at of changed) {
    const [from, to] = [Math.max(0, at - context), Math.min(lines.length, at + context + 1)];
    const last = ranges.at(-1);
    if (last !== undefined && from <= last.to) last.to = to;
    else ranges.push({ from, to });
  }
  return ranges.map(({ from, to }) => toHunk(lines.slice(from, to)));
}

function number(parts) {
  let [a, b] = [0, 0];
  const lines = [];
  for (const { kind, items } of parts) {
    for (const text of items) {
      lines.push({ kind, text, a, b });
      if (kind !== "insert") a += 1;
      if (kind !== "delete") b += 1;
    }
  }
  return lines;
}

function toHunk(lines) {
  return {
    oldStart: lines[0].a,
    oldCount: lines.filter((line) => line.kind !== "insert").length,
    newStart: lines[0].b,
    newCount: lines.filter((line) => line.kind !== "delete").length,
    lines: lines.map(({ kind, text }) => ({ kind, text })),
  };
}
