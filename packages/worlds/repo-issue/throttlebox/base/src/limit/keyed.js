import { LruCache } from '../cache/lru.js';

/** One limiter per key, such as an address; those not used for long are forgotten. */
export class KeyedLimiter {
  #limiters;
  #make;

  constructor(make, { keys = 1000 } = {}) {
    this.#make = make;
    this.#limiters = new LruCache(keys);
  }

  take(key, count = 1) {
    return this.#of(key).take(count);
  }

  waitFor(key, count = 1) {
    return this.#of(key).waitFor(count);
  }

  #of(key) {
    const known = this.#limiters.get(key);
    if (known !== undefined) return known;
    const made = this.#make(key);
    this.#limiters.set(key, made);
    return made;
  }
}
