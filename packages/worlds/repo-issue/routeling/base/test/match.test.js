import { test } from 'node:test';
import assert from 'node:assert/strict';
import { compilePattern } from '../src/pattern/compile.js';
import { matchPattern } from '../src/pattern/match.js';

const match = (pattern, path) => matchPattern(compilePattern(pattern), path);

test('match static paths', () => {
  assert.deepEqual(match('/a/b', '/a/b/'), {});
  assert.equal(match('/a/b', '/a/c'), null);
  assert.equal(match('/a/b', '/a'), null);
});

test('match names', () => {
  assert.deepEqual(match('/users/:id', '/users/j%C3%BCrg'), { id: 'jürg' });
});

test('match the rest of a path', () => {
  assert.deepEqual(match('/files/*path', '/files/a/b.txt'), { path: 'a/b.txt' });
  assert.deepEqual(match('/files/*path', '/files'), { path: '' });
});
