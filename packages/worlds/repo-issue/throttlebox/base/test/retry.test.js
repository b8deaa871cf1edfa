import { test } from 'node:test';
import assert from 'node:assert/strict';
import { retry } from '../src/flow/retry.js';

const failing = (times) => async (attempt) => {
  if (attempt < times) throw new Error(`no ${attempt}`);
  return attempt;
};

test('retry until it works', async () => {
  const slept = [];
  const sleep = async (time) => slept.push(time);
  assert.equal(await retry(failing(2), { sleep }), 2);
  assert.deepEqual(slept, [100, 200]);
});

test('retry gives up', async () => {
  await assert.rejects(retry(failing(9), { attempts: 3, sleep: async () => {} }), /no 2/);
});

test('retry does not repeat what is hopeless', async () => {
  await assert.rejects(retry(failing(1), { when: () => false, sleep: async () => {} }), /no 0/);
});
