/** Refuses what was tried before, or stands in the batch already. */
export function keep(candidate, run, batch) {
  const key = JSON.stringify(candidate.files);
  run.known ??= new Set([JSON.stringify(run.task.files)]);
  if (run.known.has(key)) return false;
  run.known.add(key);
  return batch !== null;
}
