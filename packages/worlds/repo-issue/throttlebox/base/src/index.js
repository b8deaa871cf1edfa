export { LruCache } from './cache/lru.js';
export { TtlCache } from './cache/ttl.js';
export { memoize } from './cache/memoize.js';
export { TokenBucket } from './limit/token-bucket.js';
export { SlidingWindow } from './limit/sliding-window.js';
export { KeyedLimiter } from './limit/keyed.js';
export { retry } from './flow/retry.js';
export { Breaker } from './flow/breaker.js';
