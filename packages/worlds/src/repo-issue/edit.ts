/** Replace the only occurrence of a snippet; `count` says how often it was there. */
export function replaceOnce(text: string, before: string, after: string): { count: number; result: string } {
  const pieces = text.split(before);
  return { count: pieces.length - 1, result: pieces.join(after) };
}

/**
 * The lines of the faulty text, from 1, in which `after` differs from `before`.
 * Where `after` only lacks lines, it is the line before which they are missing.
 * Null when `after` does not occur exactly once.
 */
export function changedLines(text: string, before: string, after: string): { line: number; endLine: number } | null {
  const at = text.indexOf(after);
  if (at === -1 || text.includes(after, at + 1)) return null;
  const [old, now] = [before.split("\n"), after.split("\n")];
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const start = text.slice(0, at).split("\n").length;
  const line = start + Math.min(head, now.length - 1);
  return { line, endLine: Math.max(line, start + now.length - tail - 1) };
}
