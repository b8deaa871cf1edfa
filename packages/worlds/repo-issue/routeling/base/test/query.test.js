import { test } from 'node:test';
import assert from 'node:assert/strict';
import { parseQuery, stringifyQuery } from '../src/http/query.js';

test('parseQuery', () => {
  assert.deepEqual(parseQuery('?a=1&b=2&b=3'), { a: '1', b: ['2', '3'] });
  assert.deepEqual(parseQuery(''), {});
});

test('parseQuery decodes', () => {
  assert.deepEqual(parseQuery('?q=a+b%26c'), { q: 'a b&c' });
});

test('query survives a round trip', () => {
  const query = { token: 'a=b', tags: ['x', 'y'] };
  assert.deepEqual(parseQuery(stringifyQuery(query)), query);
});
