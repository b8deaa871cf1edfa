import { test } from 'node:test';
import assert from 'node:assert/strict';
import { appendHeader, parseAccept, parseList } from '../src/http/headers.js';
import { cors } from '../src/middleware/cors.js';

test('hidden: items are trimmed and empty ones dropped', () => {
  assert.deepEqual(parseList(' a ,b , , c'), ['a', 'b', 'c']);
});

test('hidden: values are added behind the others', () => {
  assert.equal(appendHeader({ vary: 'a, b' }, 'vary', 'c').vary, 'a, b, c');
});

test('hidden: a value that is there in the middle is not added again', () => {
  const headers = { vary: 'a, Origin, b' };
  assert.equal(appendHeader(headers, 'vary', 'origin'), headers);
});

test('hidden: cors adds to what the handler varies by', async () => {
  const context = { request: { method: 'GET', headers: { origin: 'https://a.example' } } };
  const response = await cors()(context, async () => ({ status: 200, headers: { vary: 'accept' }, body: '' }));
  assert.equal(response.headers.vary, 'accept, origin');
});
