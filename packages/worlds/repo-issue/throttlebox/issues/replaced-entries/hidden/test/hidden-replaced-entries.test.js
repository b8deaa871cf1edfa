import { test } from 'node:test';
import assert from 'node:assert/strict';
import { LruCache } from '../src/cache/lru.js';

const weighted = () => new LruCache(10, { weigh: (text) => text.length });

test('hidden: weight follows what is there', () => {
  const cache = weighted().set('a', 'xxxx').set('b', 'xxx');
  cache.delete('a');
  assert.equal(cache.weight, 3);
  cache.delete('b');
  assert.equal(cache.weight, 0);
});

test('hidden: replacing an entry', () => {
  const cache = weighted().set('a', 'xxxxxxxx').set('a', 'xx').set('b', 'xxxxxxxx');
  assert.deepEqual(cache.keys(), ['b', 'a']);
  assert.equal(cache.weight, 10);
});

test('hidden: many rounds', () => {
  const cache = weighted();
  for (let i = 0; i < 50; i += 1) cache.set(`k${i}`, 'xxxxx');
  assert.equal(cache.size, 2);
});
