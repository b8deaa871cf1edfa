import { test } from 'node:test';
import assert from 'node:assert/strict';
import { memoize } from '../src/cache/memoize.js';

test('memoize calls once', () => {
  let calls = 0;
  const square = memoize((n) => {
    calls += 1;
    return n * n;
  });
  assert.deepEqual([square(3), square(3), square(4), calls], [9, 9, 16, 2]);
});

test('memoize forgets failures', async () => {
  let calls = 0;
  const load = memoize(async () => {
    calls += 1;
    if (calls === 1) throw new Error('down');
    return 'up';
  });
  await assert.rejects(load(), /down/);
  assert.equal(await load(), 'up');
});

test('memoize tells arguments apart', () => {
  const show = memoize((value) => typeof value);
  assert.deepEqual([show(1), show('1'), show([1]), show({ a: 1 })], ['number', 'string', 'object', 'object']);
});

test('memoize keeps the days it is asked for', () => {
  const weekday = memoize((day) => day.getUTCDay());
  assert.deepEqual([weekday(new Date('2024-01-01')), weekday(new Date('2024-01-02'))], [1, 2]);
});
