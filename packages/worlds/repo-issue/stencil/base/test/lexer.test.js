import { test } from "node:test";
import assert from "node:assert/strict";
import { lex } from "../lib/parser/lexer.js";

test("lexer pieces", () => {
  assert.deepEqual(
    lex("a{{ b }}{# c #}{% d %}", "t").map(({ kind, text }) => [kind, text]),
    [["text", "a"], ["output", "b"], ["tag", "d"]],
  );
});

test("lexer strips blanks", () => {
  assert.deepEqual(lex("a \n {{- b -}} c", "t").map(({ text }) => text), ["a", "b", "c"]);
});

test("lexer needs an end", () => {
  assert.throws(() => lex("a\n{{ b", "t"), /t:2/);
});
