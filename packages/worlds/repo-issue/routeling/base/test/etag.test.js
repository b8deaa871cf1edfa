import { test } from 'node:test';
import assert from 'node:assert/strict';
import { etag } from '../src/middleware/etag.js';

const next = async () => ({ status: 200, headers: {}, body: 'hello' });
const get = (headers) => etag()({ request: { method: 'GET', headers } }, next);

test('etag saves sending twice', async () => {
  const { headers } = await get({});
  assert.equal((await get({ 'if-none-match': headers.etag })).status, 304);
  assert.equal((await get({ 'if-none-match': '"other"' })).status, 200);
});

test('etag finds its tag among several', async () => {
  const { headers } = await get({});
  assert.equal((await get({ 'if-none-match': `"old", ${headers.etag}` })).status, 304);
});
