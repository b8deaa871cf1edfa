/** Suspicious lines are edited more often, if somebody has found out which they are. */
export function weigh(edit, run) {
  if (run.suspicion === undefined || run.suspicion === null || run.files !== run.task.files) return 1;
  const score = run.suspicion[edit.path]?.[edit.line - 1] ?? 0.05;
  return Math.max(score, 0.01) ** run.genome.suspicion;
}
