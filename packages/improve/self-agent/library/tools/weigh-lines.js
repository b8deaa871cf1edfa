/** Lines where an edit changed which tests pass are edited more often afterwards. */
export function weigh(edit, run) {
  let weight = 1;
  for (const { edits, score, status } of run.tried) {
    if (!edits.some(({ path, line }) => path === edit.path && line === edit.line)) continue;
    if (score > run.task.score) weight *= run.genome.learning;
    else if (score === run.task.score && status !== "error") weight /= 1.2;
  }
  return weight;
}
