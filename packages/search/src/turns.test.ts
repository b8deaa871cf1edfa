import assert from "node:assert/strict";
import { test } from "node:test";
import { Archive, Rng, unjudged, type Evaluated, type ProposalRequest, type Verdict } from "@pawl/core";
import { Turns } from "./turns.ts";

const verdict: Verdict = { status: "failed", scores: {}, feedback: [], cost: { wallMs: 0, cpuMs: 0 }, evidence: [] };
const base = {
  ...unjudged({ id: "base", changes: [], parents: [], origin: { proposer: "x", summary: "" } }),
  fitness: 0,
};

/** Tells one turn of two candidates with these fitnesses; the parents they were asked from. */
function turn(
  search: Turns,
  archive: Archive,
  name: string,
  fitnesses: readonly number[],
  status = verdict.status,
): string[] {
  return fitnesses.map((fitness, i) => {
    const request: ProposalRequest = search.ask(archive, Rng.of(name, i));
    const candidate = {
      id: `${name}${i}`,
      changes: [],
      parents: [request.parent],
      origin: { proposer: "x", summary: "" },
    };
    const told: Evaluated = { candidate, request, verdict: { ...verdict, status }, fitness, confirmed: false };
    archive.add(told);
    search.tell(told);
    return request.parent;
  });
}

test("each turn starts from the best of the turns before, not from the first program", () => {
  const [search, archive] = [new Turns({ width: 2, turns: 4 }), new Archive(base)];
  assert.deepEqual(turn(search, archive, "a", [0.2, 0.5]), ["base", "base"]);
  assert.deepEqual(turn(search, archive, "b", [0.1, 0.5]), ["a1", "a1"], "no better: the same again");
  assert.deepEqual(turn(search, archive, "c", [0.6, 0.1]), ["a1", "a1"]);
  assert.deepEqual(turn(search, archive, "d", [0.1, 0.1]), ["c0", "c0"]);
  assert.deepEqual(turn(search, archive, "e", [0.1, 0.1]), ["base", "base"], "after the last turn from the beginning");
});

test("only a full pass, or whatever came last", () => {
  const strict = new Turns({ width: 2, accept: "passed" });
  const archive = new Archive(base);
  turn(strict, archive, "a", [0.9, 0.5]);
  assert.deepEqual(turn(strict, archive, "b", [0.9, 0.5]), ["base", "base"]);
  const walk = new Turns({ width: 2, accept: "last" });
  turn(walk, archive, "f", [0.9, 0.5]);
  assert.deepEqual(turn(walk, archive, "g", [0.1, 0.1]), ["f1", "f1"]);
});

test("ends when nothing is left of the program and of the first one", () => {
  const [search, archive] = [new Turns({ width: 2 }), new Archive(base)];
  search.ask(archive, Rng.of(1));
  assert.equal(search.done(), false);
  for (const edits of [1, 2, 3]) search.exhausted({ parent: "base", edits, temperature: 1 });
  assert.equal(search.done(), true);
});
