import { test } from 'node:test';
import assert from 'node:assert/strict';
import { resolvePath, splitUrl } from '../src/http/url.js';

test('splitUrl', () => {
  assert.deepEqual(splitUrl('https://a.example/x?y=1#z'), { path: '/x', search: '?y=1' });
  assert.deepEqual(splitUrl('https://a.example'), { path: '/', search: '' });
});

test('resolvePath', () => {
  assert.equal(resolvePath('/docs/guide/intro', '../api'), '/docs/api');
  assert.equal(resolvePath('/docs/guide', '/home'), '/home');
});
