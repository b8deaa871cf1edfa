import { test } from "node:test";
import assert from "node:assert/strict";
import { inferSchema } from "../src/schema/infer.js";
import { applySchema } from "../src/schema/apply.js";
import { parseRecords } from "../src/parse/records.js";
import { Pipeline } from "../src/pipeline/pipeline.js";

const SALES = [
  { day: 1, shop: "north", amount: 10 },
  { day: 1, shop: "south", amount: 5 },
  { day: 2, shop: "north", amount: 7 },
];

test("pipeline filters, selects and derives", () => {
  const result = new Pipeline(SALES)
    .where((sale) => sale.shop === "north")
    .derive("double", (sale) => sale.amount * 2)
    .select("day", "double")
    .toArray();
  assert.deepEqual(result, [
    { day: 1, double: 20 },
    { day: 2, double: 14 },
  ]);
});

test("pipeline can be run twice", () => {
  const pipeline = new Pipeline(SALES).where((sale) => sale.day === 1);
  assert.equal(pipeline.toArray().length, 2);
  assert.equal(pipeline.toArray().length, 2);
});

test("pipeline reads no more than it takes", () => {
  function* endless() {
    for (let n = 0; n < 1000; n += 1) {
      if (n > 5) throw new Error("read too far");
      yield { n };
    }
  }
  assert.equal(new Pipeline(endless()).take(3).toArray().length, 3);
});

test("pipeline sorts the largest first", () => {
  const records = [{ v: 2 }, { v: null }, { v: 30 }, { v: 4 }];
  assert.deepEqual(
    new Pipeline(records).sort("-v").toArray().map(({ v }) => v),
    [30, 4, 2, null],
  );
});

test("pipeline groups", () => {
  assert.deepEqual(new Pipeline(SALES).groupBy(["shop"], { total: ["sum", "amount"] }).toArray(), [
    { shop: "north", total: 17 },
    { shop: "south", total: 5 },
  ]);
});

test("pipeline averages only what is known", () => {
  const records = [{ g: "a", v: 4 }, { g: "a", v: null }, { g: "a", v: 0 }, { g: "b", v: null }];
  assert.deepEqual(new Pipeline(records).groupBy(["g"], { mean: ["mean", "v"] }).toArray(), [
    { g: "a", mean: 2 },
    { g: "b", mean: null },
  ]);
});

test("pipeline keeps codes of places as they are", () => {
  const raw = parseRecords("zip,people\n01067,10\n80331,20\n");
  const { records } = applySchema(raw, inferSchema(raw));
  assert.deepEqual(records[0], { zip: "01067", people: 10 });
});

test("pipeline joins", () => {
  const owners = [
    { shop: "north", owner: "Ann", day: 9 },
    { shop: "north", owner: "Cy", day: 9 },
  ];
  const joined = new Pipeline(SALES).where((sale) => sale.day === 1).join(owners, "shop", { how: "left" }).toArray();
  assert.deepEqual(joined, [
    { day: 1, shop: "north", amount: 10, owner: "Ann", day_right: 9 },
    { day: 1, shop: "north", amount: 10, owner: "Cy", day_right: 9 },
    { day: 1, shop: "south", amount: 5, owner: null, day_right: null },
  ]);
});
