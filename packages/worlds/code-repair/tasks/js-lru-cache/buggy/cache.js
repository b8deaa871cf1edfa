/** Keeps at most `capacity` entries; the map holds them from oldest to newest. */
export class LruCache {
  #entries = new Map();
  #capacity;

  constructor(capacity) {
    if (!(capacity >= 1)) throw new RangeError('capacity must be at least 1');
    this.#capacity = capacity;
  }

  get(key) {
    if (!this.#entries.has(key)) return undefined;
    const value = this.#entries.get(key);
    this.#entries.delete(key);
    return value;
  }

  /** Store a value; the key that had to go is returned, or null. */
  set(key, value) {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#capacity) return null;
    const oldest = this.#entries.keys().next().value;
    this.#entries.delete(oldest);
    return oldest;
  }

  delete(key) {
    return this.#entries.delete(key);
  }

  keys() {
    return [...this.#entries.keys()];
  }
}
