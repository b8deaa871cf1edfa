import { test } from "node:test";
import assert from "node:assert/strict";
import { inferSchema } from "../src/schema/infer.js";

test("infer types", () => {
  assert.deepEqual(inferSchema([{ a: "1", b: "x" }, { a: "2", b: "" }]), {
    a: { type: "integer", optional: false },
    b: { type: "string", optional: true },
  });
});

test("infer from mixed values", () => {
  assert.equal(inferSchema([{ a: "1" }, { a: "2.5" }]).a.type, "number");
  assert.equal(inferSchema([{ a: "NA" }]).a.type, "string");
});
