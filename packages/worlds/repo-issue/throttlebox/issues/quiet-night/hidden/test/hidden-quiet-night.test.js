import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ManualClock } from '../src/clock.js';
import { stableKey } from '../src/cache/key.js';
import { TokenBucket } from '../src/limit/token-bucket.js';

test('hidden: a bucket is full at its capacity', () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket({ capacity: 5, perSecond: 10, clock });
  clock.advance(60_000);
  assert.ok(bucket.take(5));
  assert.equal(bucket.take(1), false);
  assert.equal(bucket.waitFor(5), 500);
});

test('hidden: dates have keys of their own', () => {
  const [a, b] = [new Date(0), new Date(1)];
  assert.notEqual(stableKey(a), stableKey(b));
  assert.equal(stableKey([a]), stableKey([new Date(0)]));
});

test('hidden: dates inside of objects', () => {
  assert.notEqual(stableKey({ on: new Date(0) }), stableKey({ on: new Date(5) }));
  assert.notEqual(stableKey(new Date(0)), stableKey({}));
});
