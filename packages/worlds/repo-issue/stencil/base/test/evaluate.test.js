import { test } from "node:test";
import assert from "node:assert/strict";
import { parseExpression } from "../lib/parser/expression.js";
import { evaluate } from "../lib/render/evaluate.js";
import { Scope } from "../lib/render/scope.js";

const value = (text, data = {}) => evaluate(parseExpression(text), new Scope(data), {});

test("evaluate members", () => {
  assert.equal(value("a.b[0].c", { a: { b: [{ c: 5 }] } }), 5);
  assert.equal(value("a.b.c"), undefined);
  assert.equal(value("a.constructor", { a: {} }), undefined);
});

test("evaluate operators", () => {
  assert.equal(value("1 + 2 * 3"), 7);
  assert.equal(value("'a' ~ 1 ~ x"), "a1");
  assert.equal(value("2 in list and 'x' in 'xyz'", { list: [2] }), true);
});
