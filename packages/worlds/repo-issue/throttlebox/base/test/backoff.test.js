import { test } from 'node:test';
import assert from 'node:assert/strict';
import { backoff } from '../src/flow/backoff.js';

test('backoff grows up to its limit', () => {
  const delay = backoff({ base: 100, limit: 350 });
  assert.deepEqual([0, 1, 2].map(delay), [100, 200, 350]);
});

test('backoff with jitter', () => {
  assert.equal(backoff({ base: 100, jitter: 0.5, random: () => 1 })(0), 50);
});
