import { test } from "node:test";
import assert from "node:assert/strict";
import { aggregate } from "../src/pipeline/aggregate.js";

test("aggregate functions", () => {
  const records = [{ g: 1, v: 3 }, { g: 1, v: 5 }];
  assert.deepEqual(
    aggregate(records, ["g"], { n: ["count", "v"], low: ["min", "v"], high: ["max", "v"], mean: ["mean", "v"] }),
    [{ g: 1, n: 2, low: 3, high: 5, mean: 4 }],
  );
});
