import { test } from 'node:test';
import assert from 'node:assert/strict';
import { cors } from '../src/middleware/cors.js';

const next = async () => ({ status: 200, headers: {}, body: 'x' });

test('cors marks the response', async () => {
  const context = { request: { method: 'GET', headers: { origin: 'https://a.example' } } };
  const response = await cors()(context, next);
  assert.equal(response.headers['access-control-allow-origin'], 'https://a.example');
  assert.equal(response.headers.vary, 'origin');
});

test('cors answers a preflight request', async () => {
  const context = { request: { method: 'OPTIONS', headers: { origin: 'https://a.example' } } };
  assert.equal((await cors({ maxAge: 5 })(context, next)).headers['access-control-max-age'], '5');
});

test('cors keeps other vary values', async () => {
  const context = { request: { method: 'GET', headers: { origin: 'https://a.example' } } };
  const varied = async () => ({ status: 200, headers: { vary: 'accept, Origin' }, body: '' });
  assert.equal((await cors()(context, varied)).headers.vary, 'accept, Origin');
});

test('cors leaves strangers alone', async () => {
  const context = { request: { method: 'GET', headers: { origin: 'https://b.example' } } };
  assert.deepEqual((await cors({ origins: ['https://a.example'] })(context, next)).headers, {});
});
