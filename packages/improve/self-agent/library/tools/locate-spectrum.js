/**
 * Has the failing tests' lines found, for the price of one candidate: how suspicious each line is, from 0 to 1. Nothing uses them without a part that
 * weighs or refuses by them.
 */
export async function locate(run) {
  run.suspicion = await run.host.suspects();
}
