import assert from "node:assert/strict";
import { test } from "node:test";
import { count, groupBy, mean, median, readTable, select, sortBy, sum, where } from "../src/index.js";

const { records } = readTable(`city,country,people
Lyon,France,522
Paris,France,2102
Turin,Italy,847
Nowhere,,
Milan,Italy,1366
`);

test("filters and selects", () => {
  const large = where(records, (city) => city.people > 1000);
  assert.deepEqual(select(large, ["people", "city"]), [
    { people: 2102, city: "Paris" },
    { people: 1366, city: "Milan" },
  ]);
});

test("sorts in both directions with empty values last", () => {
  const cities = (direction) => sortBy(records, "people", direction).map((record) => record.city);
  assert.deepEqual(cities("up"), ["Lyon", "Turin", "Milan", "Paris", "Nowhere"]);
  assert.deepEqual(cities("down"), ["Paris", "Milan", "Turin", "Lyon", "Nowhere"]);
});

test("groups in order of appearance", () => {
  const groups = groupBy(records, "country", (group) => ({ cities: group.length, people: sum(group, "people") }));
  assert.deepEqual(groups, [
    { country: "France", cities: 2, people: 2624 },
    { country: "Italy", cities: 2, people: 2213 },
    { country: null, cities: 1, people: 0 },
  ]);
});

test("summarises a column", () => {
  assert.equal(count(records, "people"), 4);
  assert.equal(mean(records, "people"), 1209.25);
  assert.equal(median(records, "people"), 1106.5);
  assert.equal(median(records.slice(0, 3), "people"), 847);
  assert.equal(mean([], "people"), null);
});
