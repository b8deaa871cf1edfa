import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, type EditWeights } from "@pawl/core";
import { EditList, type RankedEdit } from "./edit-list.ts";
import type { SyntaxEdit } from "./types.ts";

const EDITS = 20;

function listOfTwenty(): EditList {
  const edits = Array.from({ length: EDITS }, (_, line): Omit<RankedEdit, "logProbability" | "index"> => {
    const edit = {
      operator: "test",
      faultClass: "other",
      line,
      replacements: [{ start: 3 * line, end: 3 * line + 1, text: "" }],
    };
    return { path: "a.js", edit: edit as unknown as SyntaxEdit, suspiciousness: 1 };
  });
  // The likeliest is twice as likely as the next, and so on.
  return new EditList(
    edits,
    edits.map((_, i) => -i * Math.LN2),
  );
}

/** Share of drawn pairs that are the two likeliest edits. */
function shareOfBest(temperature: number): number {
  let [best, all] = [0, 0];
  for (const pair of listOfTwenty().combinations(2, { temperature, rng: Rng.of(1, "pairs"), tries: 2000 })) {
    all += 1;
    if (pair.every(({ index }) => index < 2)) best += 1;
  }
  return best / all;
}

test("pairs are drawn as sharply as the temperature says", () => {
  const [even, cold, hot] = [shareOfBest(1), shareOfBest(0.3), shareOfBest(3)];
  // Without replacement, at 1: 1/2 · 1/2 + 1/4 · 2/3 of all pairs.
  assert.ok(Math.abs(even - 0.417) < 0.04, String(even));
  assert.ok(cold > 0.8, String(cold));
  assert.ok(hot < 0.25, String(hot));
  assert.equal(shareOfBest(0), even);
});

const MANY = 700;
const OPERATORS = ["negate", "swap", "shift"];

function oneOfMany(index: number): { readonly operator: string; readonly line: number; readonly path: string } {
  return { operator: OPERATORS[index % 3] as string, line: 1 + (index % 50), path: index % 2 === 0 ? "a.js" : "b.js" };
}

/** Scores of few values, so that many edits are equals. */
const scores = Array.from({ length: MANY }, (_, index) => ((index * 37) % 11) / 4);

function listOfMany(): EditList {
  const edits = scores.map((_, index): Omit<RankedEdit, "logProbability" | "index"> => {
    const { operator, line, path } = oneOfMany(index);
    const edit = { operator, faultClass: operator === "swap" ? "other" : "boundary", line, replacements: [] };
    return { path, edit: edit as unknown as SyntaxEdit, suspiciousness: 1 };
  });
  return new EditList(edits, scores);
}

/** What the order is by definition: sorted by the log with its weights, and sorted again once a Gumbel number is added to each. */
function plainOrder(weights: EditWeights, temperature: number, rng: Rng): readonly number[] {
  const sorted = scores
    .map((score, index) => {
      const { operator, line, path } = oneOfMany(index);
      const added = [
        weights.byOperator?.[operator],
        weights.byFaultClass?.[operator === "swap" ? "other" : "boundary"],
        weights.byLine?.[`${path}:${line}`],
        weights.byEdit?.[`${operator}@${path}:${line}`],
      ];
      return { index, log: added.reduce<number>((sum, each) => sum + (each ?? 0), score) };
    })
    .filter(({ log }) => log > -Infinity)
    .sort((a, b) => b.log - a.log || a.index - b.index);
  if (temperature <= 0) return sorted.map(({ index }) => index);
  return sorted
    .map(({ index, log }) => ({ index, key: log / temperature + rng.gumbel() }))
    .sort((a, b) => b.key - a.key)
    .map(({ index }) => index);
}

const WEIGHTS: Readonly<Record<string, EditWeights>> = {
  "that say nothing": {},
  "of operators": { byOperator: { negate: 1.5, shift: -Infinity } },
  "of kinds of faults": { byFaultClass: { other: 1 } },
  "of lines": { byLine: { "a.js:7": 2, "b.js:8": -Infinity } },
  "of single edits": { byEdit: { "negate@a.js:7": -Infinity, "swap@b.js:50": 3 }, byOperator: { swap: 0.25 } },
};

for (const [name, weights] of Object.entries(WEIGHTS))
  test(`weights ${name} give the order they give by definition, whatever was handed out before`, () => {
    for (const temperature of [0, 0.5, 1.5]) {
      const list = listOfMany();
      const given = new Set<number>();
      // A few are taken, then many, then all that are left.
      for (const most of [3, 400, MANY]) {
        const wanted = plainOrder(weights, temperature, Rng.of(most, "order"))
          .filter((index) => !given.has(index))
          .slice(0, most);
        const taken: number[] = [];
        for (const { index } of list.singles(temperature, Rng.of(most, "order"), weights)) {
          taken.push(index);
          if (taken.length === most) break;
        }
        assert.deepEqual(taken, wanted);
        for (const index of taken) given.add(index);
      }
    }
  });

test("an edit says how likely it is with the weights of its request", () => {
  const [plain] = listOfMany().singles(0, Rng.of(1, "plain"));
  const weights = { byLine: { [`${plain?.path}:${plain?.edit.line}`]: 2 } };
  const [bent] = listOfMany().singles(0, Rng.of(1, "plain"), weights);
  assert.equal(bent?.index, plain?.index);
  assert.equal(bent?.logProbability, (plain?.logProbability ?? 0) + 2);
});

test("without weights the order is drawn once, and goes on where it was left", () => {
  const list = listOfMany();
  const first: number[] = [];
  for (const { index } of list.singles(0.5, Rng.of(1, "once"))) {
    first.push(index);
    if (first.length === 5) break;
  }
  const rest = [...list.singles(0.5, Rng.of(2, "never read"))].map(({ index }) => index);
  assert.deepEqual([...first, ...rest], plainOrder({}, 0.5, Rng.of(1, "once")));
});

test("no edit gets lost at an infinite temperature, impossible ones included", () => {
  const edits = scores.map((_, line) => ({
    path: "a.js",
    edit: { operator: "test", faultClass: "other", line, replacements: [] } as unknown as SyntaxEdit,
    suspiciousness: 1,
  }));
  const list = new EditList(
    edits,
    edits.map((_, i) => (i % 2 === 0 ? -Infinity : 0)),
  );
  assert.equal([...list.singles(Infinity, Rng.of(1, "hot"))].length, MANY);
});
