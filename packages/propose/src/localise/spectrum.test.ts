import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Languages } from "../syntax/languages.ts";
import { CodeIndex } from "./code-index.ts";
import { FORMULAS, lineScores, methodScores, type Formula, type TestTrace } from "./spectrum.ts";

/**
 * Two failing and two passing tests over four lines:
 * line 1 all four; line 2 both failing; line 3 one failing and one passing; line 4 one passing.
 */
const TRACES: readonly TestTrace[] = [
  { passed: false, hits: { "a.js": [1, 2, 3] } },
  { passed: false, hits: { "a.js": [1, 2] } },
  { passed: true, hits: { "a.js": [1, 3] } },
  { passed: true, hits: { "a.js": [1, 4] } },
];

/** Computed by hand, from the formulas of the papers. */
const BY_HAND: Readonly<Record<Formula, readonly [number, number, number, number]>> = {
  // failed / √(2 · (failed + passed)): 2/√8, 2/√4, 1/√4, 0
  ochiai: [Math.SQRT1_2, 1, 0.5, 0],
  // (failed/2) / (failed/2 + passed/2): 1/2, 1, 1/2, 0
  tarantula: [0.5, 1, 0.5, 0],
  // failed − passed/3: 2 − 2/3, 2, 1 − 1/3, −1/3
  op2: [4 / 3, 2, 2 / 3, -1 / 3],
  // 1 − passed/(passed + failed): 1/2, 1, 1/2, 0
  barinel: [0.5, 1, 0.5, 0],
  // failed² / (passed + 2 − failed): 4/2; no denominator, so 2² + 1; 1/2; 0/3
  dstar: [2, 5, 0.5, 0],
};

describe("lineScores", () => {
  for (const formula of Object.keys(FORMULAS) as Formula[])
    test(`${formula} as computed by hand`, () => {
      const scores = lineScores(TRACES, formula).get("a.js");
      BY_HAND[formula].forEach((expected, i) => assert.ok(Math.abs((scores?.get(i + 1) ?? NaN) - expected) < 1e-12));
    });

  test("every formula puts the faulty line first, and coverage of the whole suite would tell nothing", () => {
    const whole = TRACES.map(({ passed }) => ({ passed, hits: { "a.js": [1, 2, 3, 4] } }));
    for (const formula of Object.keys(FORMULAS) as Formula[]) {
      const scores = lineScores(TRACES, formula).get("a.js") ?? new Map();
      assert.equal([...scores].toSorted((a, b) => b[1] - a[1])[0]?.[0], 2, formula);
      assert.equal(new Set(lineScores(whole, formula).get("a.js")?.values()).size, 1, formula);
    }
  });

  test("without a failing test nothing is suspicious", () => {
    const passing = TRACES.filter(({ passed }) => passed);
    for (const formula of Object.keys(FORMULAS) as Formula[])
      for (const score of lineScores(passing, formula).get("a.js")?.values() ?? []) assert.ok(score <= 0, formula);
  });
});

test("lines are merged with their neighbours and counted for the innermost function", async () => {
  const source = [
    "export function outer(x) {", //  1
    "  const y = x + 1;", //           2
    "  function inner(z) {", //        3
    "    return z;", //                4
    "  }", //                          5
    "  return inner(y);", //           6
    "}", //                            7
    "export const other = () => 1;", // 8
  ].join("\n");
  const index = CodeIndex.of(await Languages.load(), { "a.js": source });
  const traces: TestTrace[] = [
    { passed: false, hits: { "a.js": [2, 4, 6] } },
    { passed: true, hits: { "a.js": [2, 6, 8] } },
  ];
  const once = 1 / Math.sqrt(1 * 2);
  const methods = methodScores(lineScores(traces), index);
  assert.deepEqual(
    methods.map(({ definition, score, lines }) => [definition.name, score, lines]),
    [
      ["inner", 1, [{ line: 4, endLine: 4, score: 1 }]],
      [
        "outer",
        once,
        [
          { line: 2, endLine: 2, score: once },
          { line: 6, endLine: 6, score: once },
        ],
      ],
    ],
  );
  const neighbours = methodScores(
    new Map([
      [
        "a.js",
        new Map([
          [1, 0.25],
          [2, 0.5],
          [6, 0.1],
        ]),
      ],
    ]),
    index,
  );
  assert.deepEqual(neighbours[0]?.lines, [
    { line: 1, endLine: 2, score: 0.5 },
    { line: 6, endLine: 6, score: 0.1 },
  ]);
});
