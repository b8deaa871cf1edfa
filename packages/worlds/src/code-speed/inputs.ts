import type { Rng } from "@pawl/core";
import type { WireValue } from "@pawl/verify";

/** The three distributions of every task: nearly all values differ; a few come often; they come in order. */
export const DISTRIBUTIONS = ["distinct", "repeated", "ascending"] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

/** Arguments of about a size. */
export type Make = (kind: Distribution, size: number, rng: Rng) => readonly WireValue[];

/** Whole numbers from 0 up. */
export function numbers(kind: Distribution, size: number, rng: Rng, range = 4 * size): number[] {
  const most = kind === "repeated" ? Math.max(2, Math.round(Math.sqrt(range) / 2)) : Math.max(2, range);
  const made = Array.from({ length: size }, () => rng.int(most));
  return kind === "ascending" ? made.sort((a, b) => a - b) : made;
}

const SYLLABLES = "ba da ko lu mi no pe ra si tu va xe".split(" ");

/** Words made of syllables, most of them different, few, or in order. */
export function words(kind: Distribution, size: number, rng: Rng): string[] {
  return numbers(kind, size, rng).map((n) => wordOf(n));
}

export function wordOf(n: number): string {
  let word = "";
  for (let rest = n + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length];
  return word;
}

/** Pairs of places in 0 … size − 1: a random graph, one with few hubs, or a chain. */
export function links(kind: Distribution, size: number, rng: Rng): [number, number][] {
  return Array.from({ length: 2 * size }, (_, i) => {
    if (kind === "ascending") return [i % size, (i + 1) % size];
    const to = rng.int(size);
    return kind === "repeated" ? [rng.int(Math.max(1, Math.round(Math.sqrt(size)))), to] : [rng.int(size), to];
  });
}
