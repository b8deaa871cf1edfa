import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Archive, Rng, type Evaluated, type ProposalRequest, type Verdict } from "@pawl/core";
import { strategyTree } from "./strategies.ts";
import { base, told } from "./tree/fixture-tree.ts";
import { faultHypotheses, type Hypothesis } from "./tree/hypotheses.ts";
import type { TreeSearch } from "./tree-search.ts";

const named = (from: Evaluated, most: number): readonly Hypothesis[] =>
  Array.from({ length: Math.min(4, most) }, (_, i) => ({
    text: `${from.candidate.id}/${i + 1}.`,
    weights: { byOperator: { x: i + 1 } },
  }));
const critic = ({ status, failing = [] }: Verdict): number => (status === "error" ? 0 : failing.length < 3 ? 4 : 2);

/** Asks and tells: each request's hypothesis leads to a candidate of that name, which fails so many tests. */
function drive(search: TreeSearch, fails: (hypothesis: string) => number, rounds: number): string[] {
  const archive = new Archive(base(8));
  const asked: string[] = [];
  for (let n = 0; n < rounds && !search.done(); n++) {
    const request: ProposalRequest = search.ask(archive, Rng.of(1, n));
    const hypothesis = (request.hint ?? "").slice(0, -1);
    asked.push(hypothesis);
    assert.ok(hypothesis.startsWith(`${request.parent}/`), "a child is made from the program its hypothesis speaks of");
    const result = told(hypothesis, request, fails(hypothesis));
    archive.add(result);
    search.tell(result);
  }
  return asked;
}

describe("strategies", () => {
  test("are followed one after the other, each to its end", () => {
    const search = strategyTree({ hypotheses: named, critic, strategies: 2, reflections: 2, rounds: false });
    // The first strategy gains at every step; the second one loses.
    const fails = (name: string): number => (name.startsWith("base/1") ? 8 - name.split("/").length : 9);
    assert.deepEqual(drive(search, fails, 20), [
      "base/1",
      "base/1/1",
      "base/1/1/1",
      "base/1/1/2",
      "base/1/2",
      "base/1/2/1",
      "base/1/2/2",
      "base/2",
    ]);
    assert.ok(search.done());
  });

  test("end where the value falls, and where it stays below the depth", () => {
    const search = strategyTree({ hypotheses: named, critic: () => 1, strategies: 1, reflections: 1, rounds: false });
    assert.deepEqual(
      drive(search, () => 8, 20),
      ["base/1", "base/1/1"],
    );
    const falling = strategyTree({ hypotheses: named, critic, strategies: 1, reflections: 1, rounds: false });
    assert.deepEqual(
      drive(falling, () => 9, 20),
      ["base/1"],
    );
  });

  test("breadth first goes on from the best program, with all its reflections", () => {
    const search = strategyTree({ order: "bfs", hypotheses: named, critic, reflections: 2, rounds: false });
    const fails = (name: string): number => ({ "base/1": 7, "base/2": 5, "base/3": 6, "base/2/1": 4 })[name] ?? 7;
    assert.deepEqual(drive(search, fails, 7), [
      "base/1",
      "base/2",
      "base/3",
      "base/2/1",
      "base/2/2",
      "base/2/1/1",
      "base/2/1/2",
    ]);
  });

  test("depth first takes the best child first, and comes back to the others", () => {
    const search = strategyTree({
      order: "dfs",
      hypotheses: named,
      critic,
      strategies: 2,
      reflections: 1,
      maxDepth: 2,
      rounds: false,
    });
    const fails = (name: string): number => (name === "base/2" ? 5 : name.startsWith("base/2") ? 3 : 6);
    assert.deepEqual(drive(search, fails, 9), ["base/1", "base/2", "base/2/1", "base/1/1"]);
  });

  test("are gone through again when all came to an end", () => {
    const search = strategyTree({ hypotheses: named, critic, strategies: 2 });
    const archive = new Archive(base(8));
    const asked: string[] = [];
    for (let n = 0; n < 5; n++) {
      const request = search.ask(archive, Rng.of(1, n));
      asked.push(request.hint ?? "");
      search.tell(told(`c${n}`, request, 10));
    }
    assert.deepEqual(asked, ["base/1.", "base/2.", "base/1.", "base/2.", "base/1."]);
    search.exhausted({ parent: "base", edits: 1, temperature: 0 });
    assert.ok(search.done());
  });

  test("a program that passes and is doubted is not the end of its branch", () => {
    const search = strategyTree({ hypotheses: named, critic, strategies: 1, reflections: 1, rounds: false });
    const archive = new Archive(base(8));
    const first = search.ask(archive, Rng.of(1));
    const passed = told("passed", first, 0);
    search.tell({ ...passed, verdict: { ...passed.verdict, scores: { passed: [1], accepted: [0] } } });
    assert.equal(search.get("passed")?.finished, false);
    const next = search.ask(archive, Rng.of(2));
    assert.equal(next.parent, "passed");
    search.tell(told("accepted", next, 0));
    assert.equal(search.get("accepted")?.finished, true);
  });
});

describe("hypotheses about faults", () => {
  const suspiciousness = { "a.js": [0, 0.2, 0, 1, 0.9, 0, 0, 0, 0, 0, 0.5], "b.js": [0.1] };

  test("are kinds in suspicious regions, the likeliest first, and differ from each other", () => {
    const beliefs = () => ({ boundary: 0.6, "wrong-variable": 0.3, constant: 0.1 });
    const list = faultHypotheses({ beliefs, suspiciousness })(base(), 5);
    assert.equal(list[0]?.text, "Try a change of the kind boundary, in a.js, lines 2 to 5.");
    assert.deepEqual(Object.keys(list[0]?.weights.byLine ?? {}), ["a.js:2", "a.js:3", "a.js:4", "a.js:5"]);
    assert.deepEqual(Object.keys(list[0]?.weights.byFaultClass ?? {}), ["boundary"]);
    assert.equal(new Set(list.map(({ text }) => text)).size, 5);
    assert.ok(list.slice(0, 3).some(({ text }) => text.includes("wrong-variable")));
    assert.ok(list.slice(0, 3).some(({ text }) => text.includes("line 11")));
  });

  test("name no region where nothing is known of places, and only kinds that are possible", () => {
    const list = faultHypotheses({ beliefs: () => ({ boundary: 1 }) })(base(), 5);
    assert.deepEqual(
      list.map(({ text }) => text),
      ["Try a change of the kind boundary."],
    );
    assert.equal(faultHypotheses()(base(), 7).length, 7);
  });
});
