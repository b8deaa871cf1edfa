import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ManualClock } from '../src/clock.js';
import { KeyedLimiter } from '../src/limit/keyed.js';
import { TokenBucket } from '../src/limit/token-bucket.js';

const make = (clock, options) =>
  new KeyedLimiter(() => new TokenBucket({ capacity: 2, perSecond: 1, clock }), options);

test('keyed limiter keeps keys apart', () => {
  const limiter = make(new ManualClock());
  assert.deepEqual([limiter.take('a', 2), limiter.take('a'), limiter.take('b')], [true, false, true]);
});

test('keyed limiter after a quiet night', () => {
  const clock = new ManualClock();
  const limiter = make(clock);
  limiter.take('a');
  clock.advance(3_600_000);
  assert.deepEqual([limiter.take('a', 2), limiter.take('a')], [true, false]);
});

test('keyed limiter keeps busy keys', () => {
  const limiter = make(new ManualClock(), { keys: 2 });
  for (const key of ['a', 'b', 'a', 'c']) limiter.take(key);
  assert.equal(limiter.take('a'), false);
});
