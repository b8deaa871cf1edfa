/** Goes on until nothing is left to spend. */
export function goOn(run) {
  return run.round < run.genome.mostRounds;
}
