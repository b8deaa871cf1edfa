/** Operators whose candidates did not even load are drawn less, those that changed which tests pass more. */
export function weigh(edit, run) {
  let good = 1;
  let all = 1;
  for (const { edits, score, status } of run.tried) {
    if (!edits.some(({ operator }) => operator === edit.operator)) continue;
    all += 1;
    if (status !== "error" && score !== run.task.score) good += 1;
  }
  return good / all;
}
