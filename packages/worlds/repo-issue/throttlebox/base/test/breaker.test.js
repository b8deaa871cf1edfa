import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ManualClock } from '../src/clock.js';
import { Breaker } from '../src/flow/breaker.js';

test('breaker opens and closes again', async () => {
  const clock = new ManualClock();
  let broken = true;
  const breaker = new Breaker(
    async () => {
      if (broken) throw new Error('down');
      return 'up';
    },
    { threshold: 2, cooldown: 100, clock },
  );
  await assert.rejects(breaker.call(), /down/);
  await assert.rejects(breaker.call(), /down/);
  await assert.rejects(breaker.call(), /open/);
  clock.advance(100);
  broken = false;
  assert.equal(await breaker.call(), 'up');
  assert.equal(breaker.state, 'closed');
});

test('breaker forgets failures that are not in a row', async () => {
  const results = ['x', null, 'x', null, 'x'];
  const breaker = new Breaker(async () => {
    if (results.shift() === 'x') throw new Error('down');
  }, { threshold: 2, clock: new ManualClock() });
  for (let i = 0; i < 5; i += 1) await breaker.call().catch(() => {});
  assert.equal(breaker.state, 'closed');
});
