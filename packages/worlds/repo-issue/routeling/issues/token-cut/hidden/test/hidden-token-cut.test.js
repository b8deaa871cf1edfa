import { test } from 'node:test';
import assert from 'node:assert/strict';
import { parseQuery } from '../src/http/query.js';
import { Router } from '../src/router.js';

test('hidden: padding stays with the value', () => {
  assert.deepEqual(parseQuery('?token=abc=='), { token: 'abc==' });
});

test('hidden: several pairs with more than one sign', () => {
  assert.deepEqual(parseQuery('a=b=c&a=d=e'), { a: ['b=c', 'd=e'] });
});

test('hidden: formulas through the router', async () => {
  const router = new Router().get('/calc', (context) => context.query);
  assert.deepEqual(await router.handle({ method: 'GET', url: '/calc?f=x=1', headers: {} }), { f: 'x=1' });
});
