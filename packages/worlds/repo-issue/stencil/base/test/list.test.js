import { test } from "node:test";
import assert from "node:assert/strict";
import { listFilters } from "../lib/filters/list.js";

test("list filters", () => {
  const list = [{ n: 3, ok: true }, { n: 1, ok: false }];
  assert.equal(listFilters.sum(list, "n"), 4);
  assert.deepEqual(listFilters.sort(list, "n").map((item) => item.n), [1, 3]);
  assert.equal(listFilters.where(list, "ok").length, 1);
  assert.equal(listFilters.join({ a: 1, b: 2 }), "1, 2");
});
