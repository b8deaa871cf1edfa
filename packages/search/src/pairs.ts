import type { CandidateId } from "@pawl/core";

export interface Improved {
  readonly id: CandidateId;
  /** How much better than the base. */
  readonly gain: number;
}

/** Pairs of improved candidates that were not put together yet, the greatest sum of gains first. */
export class PairQueue {
  readonly #width: number;
  #members: Improved[] = [];
  readonly #waiting: { readonly pair: readonly [CandidateId, CandidateId]; readonly gain: number }[] = [];

  /** Each newcomer is paired with the `width` best so far. */
  constructor(width: number) {
    this.#width = width;
  }

  add(newcomer: Improved): void {
    for (const { id, gain } of this.#members) this.#insert([id, newcomer.id], gain + newcomer.gain);
    this.#members = [...this.#members, newcomer].sort((a, b) => b.gain - a.gain).slice(0, this.#width);
  }

  /** The next pair, which is then gone; null when none is waiting. */
  take(): readonly [CandidateId, CandidateId] | null {
    return this.#waiting.shift()?.pair ?? null;
  }

  get size(): number {
    return this.#waiting.length;
  }

  #insert(pair: readonly [CandidateId, CandidateId], gain: number): void {
    const at = this.#waiting.findIndex((other) => other.gain < gain);
    this.#waiting.splice(at === -1 ? this.#waiting.length : at, 0, { pair, gain });
  }
}
