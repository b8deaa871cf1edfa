import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { outcomeOf, settle, type ArmRun, type Settled } from "./settle.ts";
import type { Inequality } from "./system.ts";

const INEQUALITY: Inequality = {
  id: "more",
  says: "a solves at least 10 points more than b",
  metric: "solved",
  left: "a",
  right: "b",
  atLeast: 0.1,
  gated: true,
  since: "2026-11-26",
};

/** Arm `a` solves the first `a[i]` of ten tasks with seed i, `b` the first `b[i]`. */
function runs(a: readonly number[], b: readonly number[]): ArmRun[] {
  const of = (arm: string, solved: readonly number[]): ArmRun[] =>
    solved.map((count, seed) => ({
      arm,
      seed,
      rows: Array.from({ length: 10 }, (_, task) => ({ task: `t${task}`, values: { solved: task < count ? 1 : 0 } })),
    }));
  return [...of("a", a), ...of("b", b)];
}

describe("settle", () => {
  test("a clear difference above the margin holds", () => {
    const settled = settle(INEQUALITY, runs([6, 5, 6, 7, 6], [3, 3, 4, 3, 3]));
    assert.equal(settled.holds, true);
    assert.ok(Math.abs((settled.estimate as number) - 0.28) < 1e-9);
    assert.deepEqual(
      settled.perSeed.map(({ value }) => Math.round(10 * (value as number))),
      [3, 2, 2, 4, 3],
    );
  });

  test("a difference that may be chance does not hold, however large its mean", () => {
    assert.equal(settle(INEQUALITY, runs([9, 0, 9, 1], [1, 4, 1, 5])).holds, false);
  });

  test("nor does one below the margin, however clear", () => {
    assert.equal(settle({ ...INEQUALITY, atLeast: 0.3 }, runs([5, 5, 5, 5], [4, 4, 4, 4])).holds, false);
  });

  test("a single seed proves no effect, but may keep a bound that asks for none", () => {
    assert.equal(settle(INEQUALITY, runs([9], [1])).holds, false);
    assert.equal(settle({ ...INEQUALITY, atLeast: -0.1 }, runs([4], [4])).holds, true);
    assert.equal(settle({ ...INEQUALITY, atLeast: -0.1 }, runs([2], [4])).holds, false);
  });

  test("pairs by seed: a seed only one arm has is left out", () => {
    const { perSeed } = settle(INEQUALITY, [...runs([5, 5], [4, 4]), ...runs([9, 9, 9], []).slice(2)]);
    assert.deepEqual(
      perSeed.map(({ seed }) => seed),
      [0, 1],
    );
  });

  test("ratios, sums, and a bound on one arm", () => {
    const both = runs([6, 6, 6, 6], [3, 3, 3, 3]);
    const { atLeast: _, ...open } = INEQUALITY;
    assert.equal(settle({ ...open, compare: "ratio", atLeast: 1.9 }, both).estimate, 2);
    const { right: __, ...one } = open;
    assert.equal(settle({ ...one, aggregate: "sum", atMost: 6 }, both).holds, true);
    assert.equal(settle({ ...one, aggregate: "max", atMost: 0.5 }, both).holds, false);
    assert.equal(settle({ ...one, tasks: (task) => task === "t9", atMost: 0 }, both).holds, true);
  });

  test("a ratio and its inverse agree, also where a divisor is 0 with some seed; with every seed there is none", () => {
    const { atLeast: _, ...open } = INEQUALITY;
    const of = (a: readonly number[], b: readonly number[]): Settled =>
      settle({ ...open, compare: "ratio", atLeast: 1 }, runs(a, b));
    const [there, back] = [of([6, 1, 5, 9], [0, 4, 3, 4]), of([0, 4, 3, 4], [6, 1, 5, 9])];
    assert.ok(Math.abs((there.estimate as number) - 21 / 11) < 1e-9);
    assert.ok(Math.abs((there.estimate as number) * (back.estimate as number) - 1) < 1e-9);
    assert.equal(there.perSeed[0]?.value, null);
    // Of the same size with every seed: no spread.
    assert.ok((of([2, 4, 6], [1, 2, 3]).standardError as number) < 1e-9);
    const none = of([3, 4], [0, 0]);
    assert.equal(none.holds, null);
    assert.equal(none.perSeed.length, 2);
    assert.equal(of([], []).holds, null);
  });

  test("a margin that asks for no effect says so when what is there may be chance", () => {
    const asked = { ...INEQUALITY, atLeast: 0 };
    assert.equal(settle(asked, runs([9, 1, 6, 3], [3, 3, 4, 3])).mayBeChance, true);
    assert.equal(settle(asked, runs([6, 5, 6, 7], [3, 3, 4, 3])).mayBeChance, false);
    assert.equal(settle({ ...asked, atLeast: -0.1 }, runs([9, 1, 6, 3], [3, 3, 4, 3])).mayBeChance, false);
  });

  test("a task without the metric counts in neither arm", () => {
    const rows = (values: readonly (number | null)[]): ArmRun["rows"] =>
      values.map((solved, task) => ({ task: `t${task}`, values: { solved } }));
    const settled = settle({ ...INEQUALITY, atLeast: -1 }, [
      { arm: "a", seed: 1, rows: rows([1, null, 1]) },
      { arm: "b", seed: 1, rows: rows([0, 1, null]) },
    ]);
    assert.equal(settled.estimate, 1);
  });

  test("nothing measured is no answer", () => {
    assert.equal(settle(INEQUALITY, []).holds, null);
  });
});

describe("outcomeOf", () => {
  const settled = (holds: boolean | null): Settled => ({
    inequality: "x",
    estimate: 0,
    standardError: 0,
    perSeed: [],
    holds,
    mayBeChance: false,
  });
  const gated = (holds: boolean | null): { settled: Settled; gated: boolean } => ({
    settled: settled(holds),
    gated: true,
  });

  test("says all four words, and none while something is missing", () => {
    assert.equal(outcomeOf([], [gated(true), { settled: settled(false), gated: false }]), "reproduced");
    assert.equal(outcomeOf([], [gated(true), gated(false)]), "not reproduced");
    assert.equal(outcomeOf([settled(false)], [gated(true)]), "precondition failed");
    assert.equal(outcomeOf([], [{ settled: settled(true), gated: false }]), "reported only");
    assert.equal(outcomeOf([], [gated(true), gated(null)]), null);
  });
});
