import assert from "node:assert/strict";
import { test } from "node:test";
import { BestOfN } from "./best-of-n.ts";
import { Linear } from "./linear.ts";
import { base, play } from "./tree/fixture-tree.ts";
import { Archive, Rng } from "@pawl/core";

test("a line edits the last candidate, whatever became of it", () => {
  const moves = play(new Linear(), { seed: 1, rounds: 12 });
  const parents = moves.map(({ request }) => request.parent);
  assert.deepEqual(parents, ["base", ...moves.slice(0, -1).map(({ result }) => result.candidate.id)]);
});

test("restarted, it begins at the base after so many steps; without that it ends", () => {
  const restarted = play(new Linear({ steps: 3, restart: true }), { seed: 5, rounds: 12 });
  const starts = restarted.flatMap(({ request }, n) => (request.parent === "base" ? [n] : []));
  assert.deepEqual(starts, [0, 3, 6, 9]);
  assert.equal(play(new Linear({ steps: 3 }), { seed: 5, rounds: 12 }).length, 3);
});

test("independent samples of one or two edits are about half of each", () => {
  const search = new BestOfN({ edits: [1, 2] });
  const archive = new Archive(base());
  const edits = Array.from({ length: 400 }, (_, n) => search.ask(archive, Rng.of(3, n)).edits);
  const pairs = edits.filter((each) => each === 2).length;
  assert.ok(pairs > 150 && pairs < 250 && edits.every((each) => each === 1 || each === 2), `${pairs} pairs of 400`);
});
