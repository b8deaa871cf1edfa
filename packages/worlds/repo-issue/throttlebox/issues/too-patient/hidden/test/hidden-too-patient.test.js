import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ManualClock } from '../src/clock.js';
import { Breaker } from '../src/flow/breaker.js';
import { retry } from '../src/flow/retry.js';

test('hidden: one attempt is one call', async () => {
  for (const attempts of [1, 2, 4]) {
    let calls = 0;
    const fn = async () => {
      calls += 1;
      throw new Error('no');
    };
    await assert.rejects(retry(fn, { attempts, sleep: async () => {} }));
    assert.equal(calls, attempts);
  }
});

test('hidden: failures are counted anew after a success', async () => {
  const plan = ['fail', 'fail', 'ok', 'fail', 'fail', 'ok', 'fail', 'fail'];
  const breaker = new Breaker(async () => {
    if (plan.shift() === 'fail') throw new Error('x');
  }, { threshold: 3, clock: new ManualClock() });
  for (let i = 0; i < 8; i += 1) await breaker.call().catch(() => {});
  assert.equal(breaker.state, 'closed');
});

test('hidden: after a trial that works all failures are allowed again', async () => {
  const clock = new ManualClock();
  const plan = ['fail', 'fail', 'ok', 'fail'];
  const breaker = new Breaker(async () => {
    if (plan.shift() === 'fail') throw new Error('x');
  }, { threshold: 2, cooldown: 10, clock });
  await breaker.call().catch(() => {});
  await breaker.call().catch(() => {});
  clock.advance(10);
  await breaker.call();
  await breaker.call().catch(() => {});
  assert.equal(breaker.state, 'closed');
});
