import { LruCache } from './lru.js';
import { stableKey } from './key.js';

/**
 * Remembers the results of a function. Calls that run at the same time share
 * one promise; a promise that fails is forgotten.
 */
export function memoize(fn, { capacity = 100, key = stableKey } = {}) {
  const cache = new LruCache(capacity);
  const memoized = (...args) => {
    const id = key(args);
    if (cache.has(id)) return cache.get(id);
    const result = fn(...args);
    cache.set(id, result);
    if (typeof result?.then === 'function') {
      result.then(undefined, () => {
        if (cache.peek(id) === result) cache.delete(id);
      });
    }
    return result;
  };
  memoized.forget = (...args) => cache.delete(key(args));
  return memoized;
}
