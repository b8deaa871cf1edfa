const HEAD = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const KINDS = { " ": "same", "-": "delete", "+": "insert" };

/** A patch as files with their hunks; the inverse of `unifiedDiff`. */
export function parsePatch(text) {
  const files = [];
  let hunk = null;
  for (const line of text.split("\n")) {
    const head = HEAD.exec(line);
    if (line.startsWith("--- ") && !isOpen(hunk)) {
      files.push({ from: line.slice(4), to: "", hunks: [] });
      hunk = null;
    } else if (line.startsWith("+++ ") && !isOpen(hunk)) {
      if (files.length === 0) throw new SyntaxError("+++ without --- before it");
      files.at(-1).to = line.slice(4);
    } else if (head !== null) {
      hunk = startHunk(head);
      files.at(-1).hunks.push(hunk);
    } else if (line.startsWith("\\") && hunk !== null) {
      const last = hunk.lines.at(-1);
      last.text = last.text.slice(0, -1);
    } else if (isOpen(hunk)) {
      addLine(hunk, line);
    }
  }
  if (isOpen(hunk)) throw new SyntaxError("the last hunk is not complete");
  return files;
}

function startHunk(head) {
  const [oldLine, oldCount = "1", newLine, newCount = "1"] = head.slice(1);
  const hunk = { oldCount: Number(oldCount), newCount: Number(newCount), lines: [] };
  hunk.oldStart = hunk.oldCount === 0 ? Number(oldLine) : Number(oldLine) - 1;
  hunk.newStart = hunk.newCount === 0 ? Number(newLine) : Number(newLine) - 1;
  return hunk;
}

function addLine(hunk, line) {
  const kind = KINDS[line[0] ?? " "];
  if (kind === undefined) throw new SyntaxError(`not a line of a hunk: ${line}`);
  hunk.lines.push({ kind, text: `${line.slice(1)}\n` });
}

/** Whether lines are missing that the head of the hunk has announced. */
function isOpen(hunk) {
  if (hunk === null) return false;
  const count = (kind) => hunk.lines.filter((line) => line.kind !== kind).length;
  return count("insert") < hunk.oldCount || count("delete") < hunk.newCount;
}
