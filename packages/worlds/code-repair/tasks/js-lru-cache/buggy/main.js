import { LruCache } from './cache.js';

/** Run ["set", key, value], ["get", key], ["delete", key] and ["keys"]; the results in order. */
export function runOperations(capacity, operations) {
  const cache = new LruCache(capacity);
  return operations.map(([name, key, value]) => {
    switch (name) {
      case 'set':
        return cache.set(key, value);
      case 'get':
        return cache.get(key) ?? null;
      case 'delete':
        return cache.delete(key);
      case 'keys':
        return cache.keys();
      default:
        throw new TypeError(`unknown operation ${name}`);
    }
  });
}
