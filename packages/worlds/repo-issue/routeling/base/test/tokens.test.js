import { test } from 'node:test';
import assert from 'node:assert/strict';
import { decodeSegment, tokenize } from '../src/pattern/tokens.js';

test('tokenize drops empty parts', () => {
  assert.deepEqual(tokenize('//a/b/'), ['a', 'b']);
});

test('decodeSegment', () => {
  assert.equal(decodeSegment('a%20b'), 'a b');
  assert.equal(decodeSegment('100%'), '100%');
});
