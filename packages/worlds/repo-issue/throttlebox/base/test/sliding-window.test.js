import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ManualClock } from '../src/clock.js';
import { SlidingWindow } from '../src/limit/sliding-window.js';

test('window lets the limit through', () => {
  const clock = new ManualClock();
  const window = new SlidingWindow({ limit: 2, window: 100, clock });
  assert.deepEqual([window.take(), window.take(), window.take()], [true, true, false]);
  clock.advance(100);
  assert.ok(window.take());
});

test('window says how long to wait', () => {
  const clock = new ManualClock();
  const window = new SlidingWindow({ limit: 1, window: 100, clock });
  window.take();
  clock.advance(30);
  assert.equal(window.waitFor(), 70);
});
