import type { CandidateId } from "@pawl/core";

export interface Improved {
  readonly id: CandidateId;
  /** How much better than the base. */
  readonly gain: number;
}

interface Waiting {
  readonly pair: readonly [CandidateId, CandidateId];
  readonly gain: number;
}

/**
 * What is dropped has this many before it. Where a quarter of the asks takes a pair, it would have come up after four thousand more, so that a
 * run of two thousand evaluations asks what it would ask without a limit; a longer one stays fast.
 */
const MOST_WAITING = 1000;

/** Pairs of improved candidates that were not put together yet, the greatest sum of gains first and of equal ones the first to come. */
export class PairQueue {
  readonly #width: number;
  readonly #most: number;
  #members: Improved[] = [];
  readonly #waiting: Waiting[] = [];

  /** Each newcomer is paired with the `width` best so far; of more than `most` waiting pairs the least gains are dropped. */
  constructor(width: number, most = MOST_WAITING) {
    this.#width = width;
    this.#most = most;
  }

  add(newcomer: Improved): void {
    for (const { id, gain } of this.#members) this.#insert({ pair: [id, newcomer.id], gain: gain + newcomer.gain });
    this.#members = [...this.#members, newcomer].sort((a, b) => b.gain - a.gain).slice(0, this.#width);
  }

  /** The next pair, which is then gone; null when none is waiting. */
  take(): readonly [CandidateId, CandidateId] | null {
    return this.#waiting.shift()?.pair ?? null;
  }

  get size(): number {
    return this.#waiting.length;
  }

  #insert(newcomer: Waiting): void {
    let [low, high] = [0, this.#waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#waiting[middle] as Waiting).gain < newcomer.gain) high = middle;
      else low = middle + 1;
    }
    this.#waiting.splice(low, 0, newcomer);
    if (this.#waiting.length > this.#most) this.#waiting.pop();
  }
}
