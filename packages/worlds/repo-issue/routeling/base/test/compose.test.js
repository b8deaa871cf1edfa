import { test } from 'node:test';
import assert from 'node:assert/strict';
import { compose } from '../src/middleware/compose.js';

test('compose runs in and out', async () => {
  const log = [];
  const step = (name) => async (context, next) => {
    log.push(`${name}>`);
    await next();
    log.push(`<${name}`);
  };
  await compose([step('a'), step('b')])({});
  assert.deepEqual(log, ['a>', 'b>', '<b', '<a']);
});

test('compose gives back what the handlers return', async () => {
  assert.equal(await compose([(context, next) => next(), () => 7])({}), 7);
});

test('compose goes on to what comes after', async () => {
  const group = compose([(context, next) => next()]);
  assert.equal(await group({}, () => 'after'), 'after');
});
