import { test } from 'node:test';
import assert from 'node:assert/strict';
import { compilePattern } from '../src/pattern/compile.js';

test('compiles static and named segments', () => {
  assert.deepEqual(compilePattern('/users/:id').segments, [
    { kind: 'static', value: 'users', optional: false },
    { kind: 'param', value: 'id', optional: false },
  ]);
});

test('compiles optional names', () => {
  assert.deepEqual(compilePattern('/:lang?').segments, [{ kind: 'param', value: 'lang', optional: true }]);
});

test('refuses what cannot match', () => {
  assert.throws(() => compilePattern('/*all/more'), SyntaxError);
  assert.throws(() => compilePattern('/:a/:a'), SyntaxError);
});
