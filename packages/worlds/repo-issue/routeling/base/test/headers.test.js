import { test } from 'node:test';
import assert from 'node:assert/strict';
import { appendHeader, parseAccept, parseList } from '../src/http/headers.js';

test('lists in headers', () => {
  assert.deepEqual(parseList(undefined), []);
  assert.deepEqual(appendHeader({ vary: 'accept' }, 'vary', 'cookie'), { vary: 'accept, cookie' });
});

test('accept is ordered by quality', () => {
  assert.deepEqual(parseAccept('text/html;q=0.8, application/json, */*;q=0.1'), [
    'application/json',
    'text/html',
    '*/*',
  ]);
});
