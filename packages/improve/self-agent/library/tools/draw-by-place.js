import { chooseAt } from "./choose.js";

/** First a line, then an edit of it: a line on which much can be edited is no likelier for that. */
export function draw(pool, run) {
  const sums = new Map();
  for (const [at, { path, line }] of pool.edits.entries()) {
    const place = `${path}:${line}`;
    const known = sums.get(place) ?? { edits: [], weights: [] };
    known.edits.push(pool.edits[at]);
    known.weights.push(pool.weights[at]);
    sums.set(place, known);
  }
  const places = [...sums.values()];
  const top = places.map(({ weights }) => Math.max(...weights));
  const place = places[chooseAt(top, run.host.rng())];
  if (place === undefined) return null;
  return [place.edits[chooseAt(place.weights, run.host.rng())]];
}
