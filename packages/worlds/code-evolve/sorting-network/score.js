/**
 * Scores network.js: minus the number of comparators of its three networks. A network that leaves inputs unsorted is charged 1000 more, and
 * one more for each of the 2^n inputs of zeros and ones that it leaves unsorted: a network sorts everything exactly if it sorts those
 * (the 0-1 principle). As a program it prints the score as JSON; as a function, `--score score.js#score`, it is much faster to call.
 */
import { sort8, sort9, sort10 } from "./network.js";

export function score() {
  const sizes = { 8: sort8, 9: sort9, 10: sort10 };
  let comparators = 0;
  let unsorted = 0;
  let penalty = 0;
  for (const [size, network] of Object.entries(sizes)) {
    const list = comparatorsOf(network, Number(size));
    const wrong = countUnsorted(list, Number(size));
    comparators += list.length;
    unsorted += wrong;
    if (wrong > 0) penalty += 1000 + wrong;
  }
  return { score: -comparators - penalty, comparators, unsorted };
}

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(score()));

function comparatorsOf(network, size) {
  const list = [];
  network((i, j) => {
    if (!Number.isInteger(i) || !Number.isInteger(j) || i < 0 || i >= j || j >= size)
      throw new Error(`compare(${i}, ${j}) in a network of ${size} lines`);
    if (list.length >= 1000) throw new Error(`more than 1000 comparators for ${size} lines`);
    list.push([i, j]);
  });
  return list;
}

/** Line i of input k is bit i of k; each line holds its bit of all inputs at once, so that a comparator is one "and" and one "or". */
function countUnsorted(list, size) {
  const inputs = 2 ** size;
  const lines = Array.from({ length: size }, (_, i) => {
    let bits = 0n;
    for (let k = 0; k < inputs; k++) if ((k >> i) & 1) bits |= 1n << BigInt(k);
    return bits;
  });
  for (const [i, j] of list) [lines[i], lines[j]] = [lines[i] & lines[j], lines[i] | lines[j]];
  let wrong = 0n;
  for (let i = 0; i + 1 < size; i++) wrong |= lines[i] & ~lines[i + 1];
  return wrong.toString(2).replaceAll("0", "").length;
}
