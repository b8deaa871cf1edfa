/** Goes on for so many rounds. */
export function goOn(run) {
  return run.round < run.genome.rounds;
}
