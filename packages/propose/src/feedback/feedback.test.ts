import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Verdict } from "@pawl/core";
import { Languages } from "../syntax/languages.ts";
import { explainLines } from "./explain-lines.ts";
import { readExplanations } from "./model-explanation.ts";
import { feedbackText, type FailureMaterial } from "./self-debug.ts";

const JS =
  "export function f(xs) {\n  let sum = 0;\n  for (const x of xs) {\n    if (x > 1) continue;\n    sum -= x;\n  }\n  return sum;\n}\n";
const PY = "def f(xs):\n    total = 0\n    while xs:\n        total += xs.pop()\n    return total\n";

let languages: Languages;
before(async () => {
  languages = await Languages.load();
});

const verdict: Verdict = {
  status: "failed",
  scores: { passed: [0.5] },
  failing: ["f([1])"],
  feedback: [{ kind: "test", name: "f([1])", message: "returned another value", expected: "1", actual: "-1" }],
  cost: { wallMs: 1, cpuMs: 1 },
  evidence: [],
};

describe("explainLines", () => {
  test("JavaScript", () => {
    const said = explainLines(languages, JS, "a.js").map(({ line, text }) => `${line} ${text}`);
    assert.deepEqual(said, [
      "1 defines the function f of xs",
      "2 calls 0 'sum'",
      "3 repeats for each x of xs",
      "4 when x > 1, goes into its block",
      "4 goes on with the next round",
      "5 takes x from sum",
      "7 gives back sum",
    ]);
  });

  test("Python", () => {
    const said = explainLines(languages, PY, "a.py").map(({ line, text }) => `${line} ${text}`);
    assert.deepEqual(said, [
      "1 defines the function f of xs",
      "2 sets total to 0",
      "3 repeats as long as xs",
      "4 adds xs.pop() to total",
      "5 gives back total",
    ]);
  });

  test("a model's lines, those that are none left out", () => {
    assert.deepEqual(readExplanations("Here:\n1: defines f\nLine 2. starts at 0\n9: no such line\n1: again", 3), [
      { line: 1, text: "defines f" },
      { line: 2, text: "starts at 0" },
    ]);
  });
});

describe("feedbackText", () => {
  const material = (): FailureMaterial => ({
    verdict,
    path: "a.js",
    source: JS,
    tests: { "f([1])": "assert.equal(f([1]), 1);" },
    explanation: explainLines(languages, JS, "a.js"),
    trace: {
      call: "f([1])",
      steps: [
        { line: 2, values: { xs: "[1]" } },
        { line: 5, values: { xs: "[1]", sum: "0", x: "1" } },
        { line: 7, values: { xs: "[1]", sum: "-1" } },
      ],
      outcome: "returns -1",
      more: false,
    },
  });

  test("the verdict alone says nothing of the tests", () => {
    assert.equal(feedbackText("simple", material()), "The change is wrong: not all tests pass.");
  });

  test("the failing test with its source", () => {
    const text = feedbackText("tests", material());
    assert.match(
      text,
      /f\(\[1\]\): returned another value\n {2}expected: 1\n {2}got: {6}-1\n {2}test:\n {4}assert\.equal/,
    );
    assert.doesNotMatch(text, /line by line|as it ran/);
  });

  test("the explanation, and the trace", () => {
    assert.match(feedbackText("explanation", material()), /5: sum -= x;\n {3}takes x from sum/);
    const text = feedbackText("trace", material());
    assert.match(text, /5: sum -= x; {3}\[sum = 0, x = 1\]\n7: return sum; {3}\[sum = -1\]\nIt returns -1\.$/);
  });
});
