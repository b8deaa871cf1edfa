import { test } from "node:test";
import assert from "node:assert/strict";
import { lex } from "../lib/parser/lexer.js";
import { parse } from "../lib/parser/parser.js";

const lines = (source) => lex(source, "t").map(({ line }) => line);

test("hidden: comments over lines", () => {
  assert.deepEqual(lines("{#\n\n#}a{{ b }}"), [3, 3]);
});

test("hidden: tags and outputs over lines", () => {
  assert.deepEqual(lines("{{ a\n+ b }}\n{% set\nx = 1 %}{{ x }}"), [1, 2, 3, 4]);
});

test("hidden: line of an unknown tag", () => {
  assert.throws(() => parse("{% set x =\n\n1 %}\n{% foo %}", "t"), /t:4: unknown tag/);
});
