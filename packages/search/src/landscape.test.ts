import assert from "node:assert/strict";
import { test } from "node:test";
import type { Search } from "@pawl/core";
import { playFaults } from "./fixture-faults.ts";
import { createSearch } from "./registry.ts";

const WORLD = { places: 40, faults: 3 };
const BUDGET = 600;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Of the seeds, how many find the one best candidate within the budget. */
function solved(create: () => Search): number {
  return SEEDS.filter((seed) => playFaults(create(), seed, WORLD, BUDGET).solvedAt !== null).length;
}

test("independent samples do not find three faults at once", () => {
  assert.ok(solved(() => createSearch("best-of-n")) <= 1);
});

for (const id of ["beam", "annealing", "thompson", "ucb", "curiosity", "iad", "evolve-batch", "late-acceptance"]) {
  test(`${id} finds three faults, one after the other`, () => {
    const found = solved(() => createSearch(id));
    assert.ok(found >= 8, `in ${found} of ${SEEDS.length} worlds`);
  });

  test(`${id} asks the same again, and keeps no more in mind for a long run than for a short one`, () => {
    const far = { places: 60, faults: 12 };
    const [first, second] = [playFaults(createSearch(id), 1, far, 200), playFaults(createSearch(id), 1, far, 200)];
    assert.deepEqual(first.asked, second.asked);
    const search = createSearch(id);
    playFaults(search, 2, far, 3000);
    assert.ok(JSON.stringify(search.state()).length < 10_000, `${JSON.stringify(search.state()).length} characters`);
  });
}
