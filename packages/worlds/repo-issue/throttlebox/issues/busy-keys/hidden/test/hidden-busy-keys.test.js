import { test } from 'node:test';
import assert from 'node:assert/strict';
import { LinkedList } from '../src/cache/linked-list.js';
import { LruCache } from '../src/cache/lru.js';

test('hidden: moving from the end, the middle and the front', () => {
  const list = new LinkedList();
  const [c, b, a] = ['c', 'b', 'a'].map((value) => list.unshift(value));
  list.moveToFront(c);
  assert.deepEqual([...list], ['c', 'a', 'b']);
  list.moveToFront(a);
  assert.deepEqual([...list], ['a', 'c', 'b']);
  list.moveToFront(a);
  assert.deepEqual([...list], ['a', 'c', 'b']);
  assert.equal(list.last(), b);
  assert.equal(list.length, 3);
});

test('hidden: keys by last use', () => {
  const cache = new LruCache(3).set('a', 1).set('b', 2).set('c', 3);
  cache.get('a');
  cache.get('b');
  assert.deepEqual(cache.keys(), ['b', 'a', 'c']);
});
