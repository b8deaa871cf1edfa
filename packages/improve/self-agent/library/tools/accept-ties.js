/** Goes on from any candidate with which not fewer tests pass. */
export function accept(run, judged) {
  let top = null;
  for (const candidate of judged)
    if (candidate.status !== "error" && candidate.score >= (top ?? run).score) top = candidate;
  if (top === null) return;
  run.files = top.files;
  run.score = top.score;
}
