import { LinkedList } from './linked-list.js';

/** Keeps the entries that were used last. With `weigh` the capacity is a sum of weights. */
export class LruCache {
  #nodes = new Map();
  #order = new LinkedList();
  #capacity;
  #weigh;
  #weight = 0;
  #onEvict;

  constructor(capacity, { weigh = () => 1, onEvict = () => {} } = {}) {
    if (!(capacity > 0)) throw new RangeError('capacity must be positive');
    this.#capacity = capacity;
    this.#weigh = weigh;
    this.#onEvict = onEvict;
  }

  get size() {
    return this.#nodes.size;
  }

  get weight() {
    return this.#weight;
  }

  has(key) {
    return this.#nodes.has(key);
  }

  get(key) {
    const node = this.#nodes.get(key);
    if (node === undefined) return undefined;
    this.#order.moveToFront(node);
    return node.value.value;
  }

  /** Like get, without counting as a use. */
  peek(key) {
    return this.#nodes.get(key)?.value.value;
  }

  set(key, value) {
    this.delete(key);
    const weight = this.#weigh(value);
    if (weight > this.#capacity) return this;
    this.#nodes.set(key, this.#order.unshift({ key, value, weight }));
    this.#weight += weight;
    while (this.#weight > this.#capacity) this.#evict();
    return this;
  }

  delete(key) {
    const node = this.#nodes.get(key);
    if (node === undefined) return false;
    this.#nodes.delete(key);
    this.#order.remove(node);
    this.#weight -= node.value.weight;
    return true;
  }

  /** Keys, the one used last first. */
  keys() {
    return [...this.#order].map((entry) => entry.key);
  }

  #evict() {
    const { key, value } = this.#order.last().value;
    this.delete(key);
    this.#onEvict(key, value);
  }
}
