import { systemClock } from '../clock.js';

/** Lets bursts through up to its capacity and refills at a steady rate. */
export class TokenBucket {
  #tokens;
  #updated;

  constructor({ capacity, perSecond, clock = systemClock }) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.clock = clock;
    this.#tokens = capacity;
    this.#updated = clock.now();
  }

  take(count = 1) {
    this.#refill();
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Milliseconds until so many tokens are there; Infinity when they never fit. */
  waitFor(count = 1) {
    if (count > this.capacity) return Infinity;
    this.#refill();
    const missing = count - this.#tokens;
    return missing <= 0 ? 0 : Math.ceil((missing / this.perSecond) * 1000);
  }

  #refill() {
    const now = this.clock.now();
    const fresh = ((now - this.#updated) / 1000) * this.perSecond;
    this.#tokens = Math.min(this.capacity, this.#tokens + fresh);
    this.#updated = now;
  }
}
