import { test } from 'node:test';
import assert from 'node:assert/strict';
import { compilePattern } from '../src/pattern/compile.js';
import { compareRoutes } from '../src/pattern/rank.js';

const order = (...sources) =>
  sources
    .map(compilePattern)
    .sort(compareRoutes)
    .map((pattern) => pattern.source);

test('rank puts wildcards last', () => {
  assert.deepEqual(order('/*all', '/:name', '/home'), ['/home', '/:name', '/*all']);
});
