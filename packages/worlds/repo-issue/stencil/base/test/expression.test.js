import { test } from "node:test";
import assert from "node:assert/strict";
import { parseExpression } from "../lib/parser/expression.js";

test("expression with filters", () => {
  assert.deepEqual(parseExpression("a.b | join: ', '"), {
    type: "filter",
    name: "join",
    input: { type: "member", object: { type: "name", name: "a" }, key: { type: "literal", value: "b" } },
    args: [{ type: "literal", value: ", " }],
  });
});

test("expression problems", () => {
  for (const text of ["a +", "(a", "a b", "a ? b"]) assert.throws(() => parseExpression(text), /unexpected|expected/);
});
