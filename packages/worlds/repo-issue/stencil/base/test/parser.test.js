import { test } from "node:test";
import assert from "node:assert/strict";
import { parse } from "../lib/parser/parser.js";

test("parser branches", () => {
  const { nodes } = parse("{% if a %}1{% elif b %}2{% else %}3{% endif %}", "t");
  assert.equal(nodes[0].cases.length, 2);
  assert.deepEqual(nodes[0].otherwise, [{ type: "text", text: "3" }]);
});

test("parser problems", () => {
  assert.throws(() => parse("{% if a %}", "t"), /endif is missing/);
  assert.throws(() => parse("x\n{% foo %}", "t"), /t:2: unknown tag/);
});
