import { test } from "node:test";
import assert from "node:assert/strict";
import { aggregate } from "../src/pipeline/aggregate.js";
import { joinRecords } from "../src/pipeline/join.js";

test("hidden: the suffix is for names that are taken", () => {
  const joined = [...joinRecords([{ id: 1, x: 1 }], [{ id: 1, x: 2, y: 3 }], "id", { suffix: "2" })];
  assert.deepEqual(joined, [{ id: 1, x: 1, x2: 2, y: 3 }]);
});

test("hidden: left joins without a partner", () => {
  const joined = [...joinRecords([{ id: 1 }], [{ id: 2, y: 3 }], "id", { how: "left" })];
  assert.deepEqual(joined, [{ id: 1, y: null }]);
});

test("hidden: missing values are not counted", () => {
  const records = [{ g: 1, v: 5 }, { g: 1 }, { g: 1, v: null }];
  assert.deepEqual(aggregate(records, ["g"], { n: ["count", "v"], low: ["min", "v"] }), [{ g: 1, n: 1, low: 5 }]);
});

test("hidden: groups of nothing", () => {
  assert.deepEqual(aggregate([{ g: 1, v: null }], ["g"], { sum: ["sum", "v"], high: ["max", "v"] }), [
    { g: 1, sum: 0, high: null },
  ]);
});
