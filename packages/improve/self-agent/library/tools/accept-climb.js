/** Goes on from a candidate with which more tests pass; after some rounds without one, from the task's own files again. */
export function accept(run, judged) {
  let top = null;
  for (const candidate of judged) if (candidate.score > (top ?? run).score) top = candidate;
  if (top !== null) {
    run.files = top.files;
    run.score = top.score;
    run.stale = 0;
    return;
  }
  run.stale += 1;
  if (run.genome.restarts === 0 || run.stale < run.genome.restarts) return;
  run.files = run.task.files;
  run.score = run.task.score;
  run.stale = 0;
}
