import assert from "node:assert/strict";
import { test } from "node:test";
import { Archive, Rng, type Evaluated, type ProposalRequest, type Search } from "@pawl/core";
import { createSearch, searchIds } from "./registry.ts";

/** A line of 40 places: a candidate is a place, an edit a step to the right with some luck; fitness is the place. */
function evaluated(id: string, request: ProposalRequest, fitness: number | null): Evaluated {
  return {
    candidate: {
      id,
      changes: [{ path: "x", start: 0, end: 0, text: id }],
      parents: id === "0" ? [] : [request.parent],
      origin: { proposer: "test", summary: id },
    },
    request,
    verdict: {
      status: "failed",
      scores: fitness === null ? {} : { passed: [fitness / 100] },
      failing: [`t${fitness ?? 0}`],
      feedback: [],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    },
    fitness,
    confirmed: false,
  };
}

function play(search: Search, seed: number, rounds: number): { asked: ProposalRequest[]; best: number } {
  const archive = new Archive(evaluated("0", { parent: "0", edits: 0, temperature: 0 }, 0));
  const rng = Rng.of(seed, "world");
  const asked: ProposalRequest[] = [];
  for (let n = 0; n < rounds && !search.done(); n++) {
    const request = search.ask(archive, Rng.of(seed, n));
    asked.push(request);
    const from = archive.get(request.parent);
    assert.ok(from !== undefined, `${search.id} asks for known parents only`);
    const place = Math.max(0, (from.fitness ?? 0) + (rng.uniform() < 0.3 ? request.edits : -1));
    const result = evaluated(`${place}.${n}`, request, rng.uniform() < 0.1 ? null : place);
    archive.add(result);
    search.tell(result);
  }
  return { asked, best: archive.best().fitness ?? 0 };
}

for (const { id } of searchIds()) {
  test(`${id} is a function of its seed and what it was told`, () => {
    const [first, second] = [play(createSearch(id), 3, 200), play(createSearch(id), 3, 200)];
    assert.deepEqual(first, second);
    assert.doesNotThrow(() => JSON.stringify(createSearch(id).state()));
  });

  test(`${id} ends when the proposer has nothing left`, () => {
    const search = createSearch(id);
    const archive = new Archive(evaluated("0", { parent: "0", edits: 0, temperature: 0 }, 0));
    let n = 0;
    while (!search.done() && n < 5000) search.exhausted(search.ask(archive, Rng.of(1, n++)));
    assert.ok(search.done(), `still asking after ${n} requests`);
  });
}

test("climbing beats independent samples where steps add up", () => {
  const mean = (id: string): number =>
    [1, 2, 3, 4, 5].reduce((sum, seed) => sum + play(createSearch(id), seed, 400).best, 0) / 5;
  assert.ok(mean("hill-climb") > mean("best-of-n") + 2, `${mean("hill-climb")} against ${mean("best-of-n")}`);
  assert.ok(mean("map-elites") > mean("best-of-n"), `${mean("map-elites")} against ${mean("best-of-n")}`);
});

test("an unknown search is said with the known ones", () => {
  assert.throws(() => createSearch("nope"), /there is no search 'nope'/);
});
