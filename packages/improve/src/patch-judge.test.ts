import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { debatePatches, judgePatches, type JudgedPatch } from "./patch-judge.ts";

const patch = (id: string, outcomes: string, size: number, pathValue = 0, visible = 1): JudgedPatch => ({
  id,
  visible,
  outcomes: [...outcomes],
  size,
  pathValue,
});

test("visible tests come first, then agreement, then size, then the path", () => {
  const { ranking, reasons } = judgePatches([
    patch("fewer tests", "aaaa", 1, 100, 0.5),
    patch("odd", "bbbb", 1, 100),
    patch("large", "aaaa", 9, 50),
    patch("small, bad path", "aaaa", 5, 10),
    patch("small", "aaaa", 5, 20),
  ]);
  assert.deepEqual(ranking, ["small", "small, bad path", "large", "odd", "fewer tests"]);
  assert.match(reasons[0] ?? "", /75 % of the generated inputs, changes 5 characters, mean value of its path 20\.0/);
});

test("two patches agree equally with each other, so the smaller one is taken", () => {
  assert.deepEqual(judgePatches([patch("a", "aa", 9), patch("b", "ab", 4)]).ranking, ["b", "a"]);
});

test("voters who see different features agree on what is best in all, and the seed decides nothing else", () => {
  const patches = [patch("worst", "xy", 30, 10), patch("best", "ab", 3, 90), patch("middle", "ab", 9, 50)];
  for (let seed = 1; seed <= 20; seed++) {
    const { ranking, reasons } = debatePatches(patches, { rng: Rng.of(seed) });
    assert.deepEqual(ranking, ["best", "middle", "worst"], `seed ${seed}: ${reasons.join(" | ")}`);
  }
  const again = (): unknown => debatePatches(patches, { rng: Rng.of(1) });
  assert.deepEqual(again(), again());
});

test("a debate brings the voters nearer to each other", () => {
  const patches = [patch("agrees, large", "aa", 30), patch("agrees, larger", "aa", 31), patch("odd, small", "bb", 1)];
  const spread = (rounds: number): number => {
    const reasons = debatePatches(patches, { rng: Rng.of(3), rounds }).reasons.join(" ");
    const [low, high] = (/from (-?[\d.]+) to (-?[\d.]+)/.exec(reasons) ?? []).slice(1).map(Number);
    return (high as number) - (low as number);
  };
  assert.ok(spread(3) < spread(0), `${spread(3)} after three rounds, ${spread(0)} before`);
});

test("no patches is an error", () => {
  assert.throws(() => judgePatches([]), /there are no patches/);
});
