import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { fitPriorModel, type ChoiceSet } from "./prior-fit.ts";
import { modelScore, UNIFORM_MODEL } from "./prior-model.ts";

/** Programs whose right edit is mostly made by one operator, and on a suspicious line. */
function programs(count: number, seed: number): readonly ChoiceSet[] {
  const rng = Rng.of(seed, "programs");
  return Array.from({ length: count }, () => {
    const operator = rng.uniform() < 0.8 ? "likely" : "unlikely 1";
    const edits = Array.from({ length: 40 }, (_, i) => ({
      traits: { operator: i % 10 === 0 ? "likely" : `unlikely ${i % 10}`, nodeKind: "x", weight: 1, replacements: [] },
      suspiciousness: rng.uniform(),
      right: false,
    }));
    const able = edits.filter((edit) => edit.traits.operator === operator);
    const right = able.reduce((best, edit) => (edit.suspiciousness > best.suspiciousness ? edit : best));
    return { edits: edits.map((edit) => ({ ...edit, right: edit === right })) };
  });
}

/** Mean rank of the right edits. */
function meanRank(sets: readonly ChoiceSet[], model: typeof UNIFORM_MODEL): number {
  const ranks = sets.map(({ edits }) => {
    const scores = edits.map(({ traits, suspiciousness }) => modelScore(model, traits, suspiciousness));
    const right = scores[edits.findIndex((edit) => edit.right)] as number;
    return scores.filter((score) => score > right).length;
  });
  return ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
}

test("what was learned on some programs ranks the repairs of others earlier", () => {
  const model = fitPriorModel(programs(60, 1));
  const [learned, uniform] = [meanRank(programs(60, 2), model), meanRank(programs(60, 2), UNIFORM_MODEL)];
  assert.ok(learned < 0.8 * uniform, `${learned} against ${uniform}`);
  assert.ok((model.weights["operator likely"] as number) > (model.weights["operator unlikely 1"] as number));
});

test("without operators that differ nothing is learned about them, and the same programs give the same model", () => {
  const sets = programs(40, 3).map(({ edits }) => ({
    edits: edits.map((edit) => ({ ...edit, traits: { ...edit.traits, operator: "only" } })),
  }));
  const model = fitPriorModel(sets);
  assert.ok(Math.abs(model.weights["operator only"] as number) < 1e-3);
  assert.deepEqual(fitPriorModel(sets), model);
});

test("programs without a right edit are skipped", () => {
  const none = programs(5, 4).map(({ edits }) => ({ edits: edits.map((edit) => ({ ...edit, right: false })) }));
  assert.deepEqual(fitPriorModel(none), { version: 1, weights: {} });
});
