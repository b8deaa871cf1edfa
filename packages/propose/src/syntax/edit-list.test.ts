import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@pawl/core";
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
