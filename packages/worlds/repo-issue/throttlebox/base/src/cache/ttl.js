import { systemClock } from '../clock.js';
import { LruCache } from './lru.js';

/** An LRU cache whose entries expire; a stale one may be served while it is renewed. */
export class TtlCache {
  #entries;
  #clock;
  #ttl;
  #stale;

  constructor({ capacity, ttl, stale = 0, clock = systemClock }) {
    this.#entries = new LruCache(capacity);
    this.#ttl = ttl;
    this.#stale = stale;
    this.#clock = clock;
  }

  set(key, value, ttl = this.#ttl) {
    this.#entries.set(key, { value, expires: this.#clock.now() + ttl });
    return this;
  }

  /** { value, state } where state is "fresh", "stale" or "missing". */
  lookup(key) {
    const entry = this.#entries.get(key);
    if (entry === undefined) return { value: undefined, state: 'missing' };
    const age = this.#clock.now() - entry.expires;
    if (age < 0) return { value: entry.value, state: 'fresh' };
    if (age < this.#stale) return { value: entry.value, state: 'stale' };
    this.#entries.delete(key);
    return { value: undefined, state: 'missing' };
  }

  get(key) {
    const { value, state } = this.lookup(key);
    return state === 'fresh' ? value : undefined;
  }

  /** Drops everything that can not be served any more; returns how many entries that were. */
  prune() {
    const before = this.#entries.size;
    for (const key of this.#entries.keys()) {
      const { expires } = this.#entries.peek(key);
      if (this.#clock.now() >= expires + this.#stale) this.#entries.delete(key);
    }
    return before - this.#entries.size;
  }

  get size() {
    return this.#entries.size;
  }
}
