import { commonPairs } from "../diff/lcs.js";
import { splitLines } from "../diff/tokens.js";

/** Merges two changed versions of a text; { text, conflicts } with marks around conflicts. */
export function merge3(base, ours, theirs, { names = ["ours", "theirs"] } = {}) {
  const [o, a, b] = [base, ours, theirs].map(splitLines);
  const inOurs = new Map(commonPairs(o, a));
  const inTheirs = new Map(commonPairs(o, b));
  const result = [];
  let conflicts = 0;
  let [i, j, k] = [0, 0, 0];
  for (let stable = 0; stable <= o.length; stable += 1) {
    const isEnd = stable === o.length;
    const [nextJ, nextK] = isEnd ? [a.length, b.length] : [inOurs.get(stable), inTheirs.get(stable)];
    if (nextJ === undefined || nextK === undefined) continue;
    const chunk = mergeChunk(o.slice(i, stable), a.slice(j, nextJ), b.slice(k, nextK), names);
    result.push(...chunk.lines);
    if (chunk.conflict) conflicts += 1;
    if (!isEnd) result.push(o[stable]);
    [i, j, k] = [stable + 1, nextJ + 1, nextK + 1];
  }
  return { text: result.join(""), conflicts };
}

function mergeChunk(base, ours, theirs, [ourName, theirName]) {
  if (equal(ours, theirs)) return { lines: ours, conflict: false };
  if (equal(base, ours)) return { lines: theirs, conflict: false };
  if (equal(base, theirs)) return { lines: ours, conflict: false };
  const lines = [`<<<<<<< ${ourName}\n`, ...closed(ours), "=======\n", ...closed(theirs), `>>>>>>> ${theirName}\n`];
  return { lines, conflict: true };
}

function equal(a, b) {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}

/** Lines that all have an end, so that the marks stand on lines of their own. */
function closed(lines) {
  return lines.map((line) => (line.endsWith("\n") ? line : `${line}\n`));
}
