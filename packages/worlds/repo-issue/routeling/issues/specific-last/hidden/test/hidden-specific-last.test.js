import { test } from 'node:test';
import assert from 'node:assert/strict';
import { compilePattern } from '../src/pattern/compile.js';
import { compareRoutes } from '../src/pattern/rank.js';
import { Router } from '../src/router.js';

const order = (...sources) => sources.map(compilePattern).sort(compareRoutes).map((pattern) => pattern.source);

test('hidden: later segments count', () => {
  assert.deepEqual(order('/a/*rest', '/a/:b', '/a/b'), ['/a/b', '/a/:b', '/a/*rest']);
});

test('hidden: a name in front loses to a static text in the middle', () => {
  assert.deepEqual(order('/a/:b/c', '/a/b/:c', '/:a/b/c'), ['/a/b/:c', '/a/:b/c', '/:a/b/c']);
});

test('hidden: a required name comes before an optional one', () => {
  assert.deepEqual(order('/x/:a?', '/x/:a'), ['/x/:a', '/x/:a?']);
});

test('hidden: the order of registration does not matter', () => {
  const one = new Router().get('/u/:id', () => 1).get('/u/new', () => 2);
  const two = new Router().get('/u/new', () => 2).get('/u/:id', () => 1);
  for (const router of [one, two]) assert.equal(router.find('GET', '/u/new').handler(), 2);
});
