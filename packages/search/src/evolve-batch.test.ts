import assert from "node:assert/strict";
import { test } from "node:test";
import { EvolveBatch } from "./evolve-batch.ts";
import { playFaults } from "./fixture-faults.ts";

const WORLD = { places: 60, faults: 6 };

/** Parents asked of in the rounds of five after the first. */
function parents(search: EvolveBatch): ReadonlySet<string>[] {
  const { asked } = playFaults(search, 3, WORLD, 60);
  const rounds: Set<string>[] = [];
  asked.forEach(({ parent }, i) => (rounds[Math.floor(i / 5)] ??= new Set()).add(parent));
  return rounds;
}

test("the first round is edits of the base, the later ones of at most the top few", () => {
  const rounds = parents(new EvolveBatch({ batch: 5, top: 2, merge: 0 }));
  assert.deepEqual([...(rounds[0] as ReadonlySet<string>)], [""]);
  assert.ok(rounds.every((each) => each.size <= 3));
  assert.ok((rounds[8] as ReadonlySet<string>).size > 0 && !rounds[8]?.has(""));
});

test("without a scorer all samples of the last round are edited, and the score does not climb as it does with one", () => {
  const solved = (create: () => EvolveBatch): number =>
    [1, 2, 3, 4, 5, 6].filter((seed) => playFaults(create(), seed, { places: 40, faults: 3 }, 400).solvedAt !== null)
      .length;
  const scored = solved(() => new EvolveBatch());
  const unscored = solved(() => new EvolveBatch({ top: "all", elitist: false }));
  assert.ok(scored > unscored, `${scored} and ${unscored}`);
});

test("two of the chosen are put together, never one with its own child", () => {
  const search = new EvolveBatch({ merge: 1, top: 4 });
  const { asked } = playFaults(search, 1, WORLD, 100);
  const merges = asked.filter(({ inspirations }) => inspirations !== undefined);
  assert.ok(merges.length > 3);
  assert.ok(merges.every(({ parent, inspirations }) => parent !== "" && inspirations?.length === 1));
});
