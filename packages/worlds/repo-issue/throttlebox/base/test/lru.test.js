import { test } from 'node:test';
import assert from 'node:assert/strict';
import { LruCache } from '../src/cache/lru.js';

test('lru drops what was not used', () => {
  const cache = new LruCache(2).set('a', 1).set('b', 2).set('c', 3);
  assert.deepEqual(cache.keys(), ['c', 'b']);
});

test('lru counts a get as a use', () => {
  const cache = new LruCache(2).set('a', 1).set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  assert.ok(cache.has('a') && !cache.has('b'));
});

test('lru by weight', () => {
  const evicted = [];
  const cache = new LruCache(10, { weigh: (text) => text.length, onEvict: (key) => evicted.push(key) });
  cache.set('a', 'xxxx').set('b', 'xxxx').set('c', 'xxxxx');
  assert.deepEqual(evicted, ['a']);
  assert.equal(cache.weight, 9);
});

test('lru needs room', () => {
  assert.throws(() => new LruCache(0), RangeError);
});
