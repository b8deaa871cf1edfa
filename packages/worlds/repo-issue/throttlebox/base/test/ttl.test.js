import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ManualClock } from '../src/clock.js';
import { TtlCache } from '../src/cache/ttl.js';

test('ttl expires', () => {
  const clock = new ManualClock();
  const cache = new TtlCache({ capacity: 5, ttl: 100, clock }).set('a', 1);
  clock.advance(99);
  assert.equal(cache.get('a'), 1);
  clock.advance(1);
  assert.equal(cache.get('a'), undefined);
});

test('ttl serves stale entries', () => {
  const clock = new ManualClock();
  const cache = new TtlCache({ capacity: 5, ttl: 100, stale: 50, clock }).set('a', 1);
  clock.advance(120);
  assert.deepEqual(cache.lookup('a'), { value: 1, state: 'stale' });
});

test('ttl prunes', () => {
  const clock = new ManualClock();
  const cache = new TtlCache({ capacity: 5, ttl: 100, stale: 50, clock });
  cache.set('a', 1).set('b', 2, 500);
  clock.advance(120);
  assert.equal(cache.prune(), 0);
  clock.advance(30);
  assert.equal(cache.prune(), 1);
});

test('ttl renews what is set again', () => {
  const clock = new ManualClock();
  const cache = new TtlCache({ capacity: 2, ttl: 100, clock });
  cache.set('a', 1).set('b', 1).set('a', 2).set('c', 3);
  assert.equal(cache.get('a'), 2);
  assert.equal(cache.size, 2);
});
