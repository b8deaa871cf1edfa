import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ManualClock } from '../src/clock.js';
import { TokenBucket } from '../src/limit/token-bucket.js';

test('bucket allows bursts', () => {
  const bucket = new TokenBucket({ capacity: 2, perSecond: 1, clock: new ManualClock() });
  assert.deepEqual([bucket.take(), bucket.take(), bucket.take()], [true, true, false]);
});

test('bucket refills', () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket({ capacity: 2, perSecond: 4, clock });
  bucket.take(2);
  assert.equal(bucket.waitFor(1), 250);
  clock.advance(250);
  assert.ok(bucket.take());
});

test('bucket never has more than fits', () => {
  const bucket = new TokenBucket({ capacity: 2, perSecond: 1, clock: new ManualClock() });
  assert.equal(bucket.waitFor(3), Infinity);
});
