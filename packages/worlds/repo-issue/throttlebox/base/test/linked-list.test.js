import { test } from 'node:test';
import assert from 'node:assert/strict';
import { LinkedList } from '../src/cache/linked-list.js';

test('list keeps its order', () => {
  const list = new LinkedList();
  for (const value of ['c', 'b', 'a']) list.unshift(value);
  assert.deepEqual([...list], ['a', 'b', 'c']);
  assert.equal(list.last().value, 'c');
});

test('list removes', () => {
  const list = new LinkedList();
  const node = list.unshift('x');
  assert.equal(list.remove(node), 'x');
  assert.equal(list.length, 0);
  assert.equal(list.last(), undefined);
});
