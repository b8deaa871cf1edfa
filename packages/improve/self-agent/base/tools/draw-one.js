import { chooseAt } from "./choose.js";

/** One edit, drawn by the weights of the pool; null when there is none. */
export function draw(pool, run) {
  const at = chooseAt(pool.weights, run.host.rng());
  return at === -1 ? null : [pool.edits[at]];
}
