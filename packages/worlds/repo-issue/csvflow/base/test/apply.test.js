import { test } from "node:test";
import assert from "node:assert/strict";
import { applySchema } from "../src/schema/apply.js";

test("apply a schema", () => {
  const { records, problems } = applySchema([{ a: "1", b: "yes" }, { a: "x" }], {
    a: { type: "integer", optional: false },
    b: { type: "boolean", optional: true },
  });
  assert.deepEqual(records, [
    { a: 1, b: true },
    { a: null, b: null },
  ]);
  assert.deepEqual(problems, [{ row: 2, name: "a", problem: "not a integer: x" }]);
});
