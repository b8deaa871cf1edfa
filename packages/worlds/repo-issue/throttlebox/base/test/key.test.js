import { test } from 'node:test';
import assert from 'node:assert/strict';
import { stableKey } from '../src/cache/key.js';

test('key ignores the order of properties', () => {
  assert.equal(stableKey({ a: 1, b: [2] }), stableKey({ b: [2], a: 1 }));
  assert.notEqual(stableKey([1, 2]), stableKey([2, 1]));
});
