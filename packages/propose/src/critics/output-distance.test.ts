import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verdict } from "@pawl/core";
import { outputDistance, OutputDistanceCritic } from "./output-distance.ts";

function verdictOf(passed: number, ...wrong: readonly (readonly [wanted: unknown, got: unknown])[]): Verdict {
  return {
    status: passed === 1 ? "passed" : "failed",
    scores: { passed: [passed] },
    failing: wrong.map((_, i) => String(i)),
    feedback: wrong.map(([wanted, got], i) => ({
      kind: "test",
      name: String(i),
      message: "returned another value",
      expected: JSON.stringify(wanted),
      actual: JSON.stringify(got),
    })),
    cost: { wallMs: 0, cpuMs: 0 },
    evidence: [],
  };
}

const scores: readonly [string, Verdict, number][] = [
  ["right", verdictOf(1), 5],
  ["one of five wrong", verdictOf(0.8, [1, 7]), 4],
  ["the same difference", verdictOf(0, [1, 2], [5, 6], [9, 10]), 3],
  ["the same factor", verdictOf(0.5, [2, 4], [5, 10]), 3],
  ["different differences", verdictOf(0, [1, 2], [5, 9]), 1],
  ["one number alone is no pattern", verdictOf(0, [1, 2]), 1],
  ["negated", verdictOf(0, [true, false]), 3],
  [
    "reversed",
    verdictOf(0, [
      [1, 2, 3],
      [3, 2, 1],
    ]),
    3,
  ],
  [
    "in another order",
    verdictOf(0, [
      [1, 2, 3],
      [3, 1, 2],
    ]),
    3,
  ],
  [
    "the last is missing",
    verdictOf(
      0,
      [
        [1, 2, 3],
        [1, 2],
      ],
      ["abc", "bc"],
    ),
    3,
  ],
  [
    "one too many",
    verdictOf(0, [
      [1, 2],
      [1, 2, 3],
    ]),
    3,
  ],
  ["part wrong, no pattern", verdictOf(0.5, ["ab", 3], [[1], { a: 1 }]), 2],
  ["nothing right, no pattern", verdictOf(0, ["ab", 3], [[1], { a: 1 }]), 1],
  ["does not load", { ...verdictOf(0), status: "error" }, 0],
];

for (const [name, verdict, score] of scores)
  test(`${name}: ${score}`, () => assert.equal(outputDistance(verdict).score, score, outputDistance(verdict).says));

test("the critic says it in words, and nothing where there is no verdict", async () => {
  const critic = new OutputDistanceCritic();
  const context = { read: () => "", suspiciousness: {}, signal: new AbortController().signal };
  const submission = {
    candidate: { id: "x", changes: [], parents: [], origin: { proposer: "test", summary: "" } },
    files: {},
  };
  const critique = await critic.critique(submission, verdictOf(0, [true, false]), context);
  assert.equal(critique?.text, "Distance of the outputs: 3 of 5, truth values are negated.");
  assert.equal(await critic.critique(submission, null, context), null);
});
