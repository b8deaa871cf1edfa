/** Refuses candidates with an edit on a line that no failing test executes. */
export function keep(candidate, run) {
  if (run.suspicion === undefined || run.suspicion === null) return true;
  return candidate.edits.every(({ path, line }) => (run.suspicion[path]?.[line - 1] ?? 0) > run.genome.scope);
}
