import { test } from "node:test";
import assert from "node:assert/strict";
import { joinRecords } from "../src/pipeline/join.js";

test("join without partners", () => {
  assert.deepEqual([...joinRecords([{ id: 1 }], [{ id: 2, x: 1 }], "id")], []);
});
