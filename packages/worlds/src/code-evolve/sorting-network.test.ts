import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runScore } from "./run-score.ts";
import { bubbleSort, mergeExchange, NETWORK_SIZES, sortingNetwork } from "./sorting-network.ts";
import type { Comparator } from "./sorting-network.ts";

test("the start program is bubble sort, and the baselines are what the score program says", async (t) => {
  const [bubble, merge] = await sortingNetwork.baselines();
  t.diagnostic(
    `${bubble?.name} ${bubble?.score}, ${merge?.name} ${merge?.score}, best known ${sortingNetwork.bestKnown}`,
  );
  assert.deepEqual(runScore(sortingNetwork).result, {
    score: bubble?.score ?? 0,
    comparators: 28 + 36 + 45,
    unsorted: 0,
  });
  assert.deepEqual(runScore(sortingNetwork, source(mergeExchange)).result, {
    score: merge?.score ?? 0,
    comparators: 76,
    unsorted: 0,
  });
});

test("the score function says what the score program says", async () => {
  const { score } = (await import(new URL("score.js", sortingNetwork.directory).href)) as { score(): unknown };
  assert.deepEqual(score(), runScore(sortingNetwork).result);
});

test("unsorted inputs are counted exactly, by another way of counting", () => {
  for (const left of [0, 3, 10]) {
    const network = (size: number): Comparator[] => bubbleSort(size).toSpliced(left, 1);
    const expected = NETWORK_SIZES.reduce((total, size) => total + unsortedInputs(network(size), size), 0);
    const result = runScore(sortingNetwork, source(network)).result;
    assert.equal(result?.unsorted, expected);
    assert.ok(expected > 0 && (result?.score ?? 0) < -1000);
  }
});

test("a network that does not sort never beats one that does, however short", async () => {
  const empty =
    runScore(
      sortingNetwork,
      source(() => []),
    ).result?.score ?? 0;
  const [bubble] = await sortingNetwork.baselines();
  assert.ok(empty < (bubble?.score ?? 0));
});

test("comparators outside of the lines, the wrong way round or without end are errors", () => {
  const text = readFileSync(new URL("network.js", sortingNetwork.directory), "utf8");
  for (const wrong of [
    "compare(1, 0)",
    "compare(0, 0)",
    "compare(0, 8)",
    "compare(-1, 2)",
    "compare(0.5, 1)",
    "compare(0, NaN)",
    "for (;;) compare(0, 1)",
  ]) {
    assert.equal(runScore(sortingNetwork, { "network.js": text.replace("compare(0, 1)", wrong) }).result, null, wrong);
  }
});

function source(network: (size: number) => readonly Comparator[]): Record<string, string> {
  const functions = NETWORK_SIZES.map(
    (size) =>
      `export function sort${size}(compare) { ${network(size)
        .map(([i, j]) => `compare(${i}, ${j});`)
        .join(" ")} }`,
  );
  return { "network.js": functions.join("\n") };
}

/** Runs the network on each list of zeros and ones. */
function unsortedInputs(list: readonly Comparator[], size: number): number {
  let count = 0;
  for (let k = 0; k < 2 ** size; k++) {
    const values = Array.from({ length: size }, (_, i) => (k >> i) & 1);
    for (const [i, j] of list) {
      const [a, b] = [values[i] as number, values[j] as number];
      values[i] = Math.min(a, b);
      values[j] = Math.max(a, b);
    }
    if (values.join() !== values.toSorted().join()) count++;
  }
  return count;
}
