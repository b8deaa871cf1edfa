import { chooseAt } from "./choose.js";

/** One edit or several at different places, each drawn by the weights of the pool. */
export function draw(pool, run) {
  const count = 1 + Math.floor(run.host.rng() * run.genome.edits);
  const chosen = [];
  for (let i = 0; i < count; i += 1) {
    const at = chooseAt(pool.weights, run.host.rng());
    if (at !== -1 && chosen.every((edit) => edit.start !== pool.edits[at].start)) chosen.push(pool.edits[at]);
  }
  return chosen.length === 0 ? null : chosen;
}
