import { chooseAt } from "./choose.js";

/** Like a draw from an urn: an edit of a pool is not drawn again. */
export function draw(pool, run) {
  const at = chooseAt(pool.weights, run.host.rng());
  if (at === -1) return null;
  const edit = pool.edits[at];
  pool.weights[at] = 0;
  return [edit];
}
