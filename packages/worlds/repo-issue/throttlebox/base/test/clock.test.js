import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ManualClock } from '../src/clock.js';

test('manual clock', () => {
  const clock = new ManualClock(5);
  clock.advance(10);
  assert.equal(clock.now(), 15);
});
