/** Operators with few edits in the file are drawn as often as those with many. */
export function weigh(edit, run, edits) {
  if (run.counted?.edits !== edits) {
    const counts = new Map();
    for (const { operator } of edits) counts.set(operator, (counts.get(operator) ?? 0) + 1);
    run.counted = { edits, counts };
  }
  return 1 / run.counted.counts.get(edit.operator);
}
