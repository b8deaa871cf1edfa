import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Archive, Rng, unjudged, type EditWeights, type ProposeContext, type Verdict } from "@pawl/core";
import { Languages } from "../syntax/languages.ts";
import { UNIFORM_MODEL } from "../syntax/prior-model.ts";
import { SyntaxProposer } from "../syntax/proposer.ts";
import { brokenBy, mineConstraints } from "./constraints.ts";
import { differencesOf } from "./differences.ts";
import { addWeights, scaleWeights } from "./edit-weights.ts";
import { explanationWeights } from "./explanation-weights.ts";
import { GuidedProposer } from "./guided-proposer.ts";
import { testsGuide } from "./guides.ts";
import { rolesOf } from "./roles.ts";
import { passOrFail } from "./simple-feedback.ts";
import { testsWeights } from "./tests-weights.ts";
import { firstDivergence, traceWeights } from "./trace-weights.ts";

let languages: Languages;
before(async () => {
  languages = await Languages.load();
});

function failed(expected: string, actual: string, message = "returned another value"): Verdict {
  return {
    status: "failed",
    scores: { passed: [0.5], closeness: [0.7] },
    failing: ["t"],
    feedback: [{ kind: "test", name: "t", message, expected, actual }],
    cost: { wallMs: 1, cpuMs: 1 },
    evidence: [],
  };
}

describe("differencesOf", () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["3", "4", ["larger", "off-by-one"]],
    ["3", "-3", ["smaller", "sign"]],
    ["[1,2,3]", "[3,2,1]", ["reversed", "order"]],
    ["[1,2]", "[1]", ["shorter", "one-shorter"]],
    ['{"a":[1],"b":2}', '{"a":[2],"b":2}', ["larger", "off-by-one"]],
    ['"Ab"', '"ab"', ["letter-case"]],
    ["True", "False", ["negated"]],
    ["[1, 'a']", "None", ["nothing"]],
    ["3", '"3"', ["other-type"]],
    ["ok", "not json", []],
  ];
  for (const [expected, actual, found] of cases)
    test(`${expected} and ${actual}`, () => {
      assert.deepEqual([...differencesOf(failed(expected, actual)).keys()], found);
    });

  test("errors by their kind, in the words of Node and of Python", () => {
    const of = (message: string): readonly string[] => [...differencesOf(failed("1", "throws X", message)).keys()];
    assert.deepEqual(of("threw TypeError: x is not a function"), ["type-error"]);
    assert.deepEqual(of("threw NameError: name 'x' is not defined"), ["reference-error"]);
    assert.deepEqual(of("threw IndexError: list index out of range"), ["range-error"]);
    assert.deepEqual(of("returned instead of throwing"), ["does-not-throw"]);
  });
});

describe("levels", () => {
  test("simple takes everything but right or wrong out of a verdict", () => {
    const { status, scores, feedback, failing } = passOrFail(failed("1", "2"));
    assert.deepEqual([status, scores, feedback, failing], ["failed", { passed: [0] }, [], undefined]);
    const right = passOrFail({ ...failed("1", "1"), status: "passed", failing: [] });
    assert.deepEqual([right.status, right.scores, right.failing], ["passed", { passed: [1] }, []]);
  });

  test("tests: how results differ becomes weights of kinds of repairs", () => {
    const weights = testsWeights(failed("[1,2]", "[1]"))?.byFaultClass ?? {};
    assert.ok((weights["boundary"] ?? 0) > (weights["letter-case"] ?? 0));
    assert.equal(testsWeights({ ...failed("1", "1"), feedback: [] }), undefined);
  });

  const steps = (...values: readonly (readonly [number, Record<string, string>])[]): typeof list =>
    values.map(([line, of]) => ({ line, values: of }));
  const list: { line: number; values: Record<string, string> }[] = [];

  test("trace: the first line where a variable is of a sort it has in no passing run", () => {
    const passing = {
      passed: true,
      steps: steps([1, { n: "3" }], [2, { n: "3", sum: "0" }], [3, { n: "3", sum: "6" }]),
    };
    const failing = {
      passed: false,
      steps: steps([1, { n: "-1" }], [2, { n: "-1", sum: "0" }], [3, { n: "-1", sum: "-1" }]),
    };
    assert.deepEqual(firstDivergence(failing, [passing]), { line: 3, variable: "sum" });
    assert.deepEqual(firstDivergence({ passed: false, steps: steps([1, { n: "3" }], [4, {}]) }, [passing]), {
      line: 4,
      variable: null,
    });
    assert.equal(firstDivergence(failing, []), null);
    const sources = { "a.js": "function f(n) {\n  let sum = 0;\n  sum = n;\n  return sum;\n}\n" };
    const byLine = traceWeights(languages, "a.js", sources, [passing, failing])?.byLine ?? {};
    assert.ok((byLine["a.js:3"] ?? -9) > (byLine["a.js:2"] ?? -9));
    assert.ok((byLine["a.js:2"] ?? -9) > (byLine["a.js:5"] ?? 0), "a line that nothing runs is held unlikely");
  });

  const SOURCE =
    "export function evens(xs) {\n  if (xs.length === 0) return [];\n  let kept = [];\n  for (const x of xs) {\n    if (x % 2 === 0) kept.push(x);\n  }\n  return kept;\n}\n";
  const PYTHON =
    "def total(xs):\n    if not xs:\n        return 0\n    result = 0\n    for x in xs:\n        result += x\n    return result\n\n\ndef fact(n):\n    if n < 2:\n        return 1\n    return n * fact(n - 1)\n";

  test("roles of lines in JavaScript and Python", () => {
    const of = (source: string, path: string): readonly string[] =>
      rolesOf(languages, source, path)
        .map(({ role, line }) => `${line} ${role}`)
        .toSorted();
    assert.deepEqual(of(SOURCE, "a.js"), [
      "2 guard",
      "2 result",
      "3 initial-value",
      "4 loop-bound",
      "5 accumulator",
      "7 result",
    ]);
    assert.deepEqual(of(PYTHON, "a.py"), [
      "11 base-case",
      "12 result",
      "13 result",
      "2 guard",
      "3 result",
      "4 initial-value",
      "5 loop-bound",
      "6 accumulator",
      "7 result",
    ]);
  });

  test("explanation: constraints that all right results share, and the lines that answer for a broken one", () => {
    const constraints = mineConstraints([
      { call: "evens", args: [[1, 2]], returns: [2] },
      { call: "evens", args: [[4, 2]], returns: [4, 2] },
    ]);
    const kinds = constraints.map(({ kind }) => kind).toSorted();
    assert.deepEqual(kinds, [
      "elements-of",
      "ends",
      "integers",
      "kind",
      "length-at-most",
      "never-negative",
      "throws-only",
    ]);
    assert.deepEqual(brokenBy(constraints, { call: "evens", args: [[2]], returns: [2] }), []);
    const broken = brokenBy(constraints, { call: "evens", args: [[2]], returns: [2, 3] });
    assert.deepEqual(broken.map(({ kind }) => kind).toSorted(), ["elements-of", "length-at-most"]);
    assert.equal(brokenBy(constraints, { call: "evens", args: [[2]], throws: "TypeError" }).length, 1);
    const weights = explanationWeights(languages, { "a.js": SOURCE }, broken) as EditWeights;
    assert.ok((weights.byLine?.["a.js:4"] ?? 0) > (weights.byLine?.["a.js:7"] ?? 0));
    assert.equal(explanationWeights(languages, { "a.js": SOURCE }, []), undefined);
  });
});

test("weights add up and scale", () => {
  const sum = addWeights({ byLine: { "a:1": 1 } }, undefined, { byLine: { "a:1": 2 }, byOperator: { x: 1 } });
  assert.deepEqual(sum, { byLine: { "a:1": 3 }, byOperator: { x: 1 } });
  assert.deepEqual(scaleWeights({ byOperator: { x: 1 } }, 0.5), { byOperator: { x: 0.5 } });
  assert.equal(addWeights(undefined, null), undefined);
});

test("what a guide says reaches the syntax proposer: another edit comes first", async () => {
  const source = "export function f(a, b) {\n  if (a > b) return a - b;\n  return b;\n}\n";
  const sources = { "a.js": source };
  const base = unjudged({ id: "base", changes: [], parents: [], origin: { proposer: "base", summary: "" } });
  const archive = new Archive({ ...base, verdict: failed("3", "-3") });
  const context: ProposeContext = {
    archive,
    read: () => source,
    editable: ["a.js"],
    refuses: () => null,
    rng: Rng.of(1),
    signal: new AbortController().signal,
    n: 0,
    ask: async () => {
      throw new Error("nobody is asked");
    },
    reserve: async () => {},
    note: () => {},
  };
  const first = async (...guides: ConstructorParameters<typeof GuidedProposer>[1]): Promise<string> => {
    const syntax = new SyntaxProposer({ languages, model: UNIFORM_MODEL, sources, suspiciousness: {} });
    const proposer = new GuidedProposer(syntax, guides);
    for await (const { origin } of proposer.propose({ parent: "base", edits: 1, temperature: 0 }, context))
      return origin.edits?.[0]?.faultClass ?? "";
    return "";
  };
  assert.ok(["arithmetic-operator", "argument-order"].includes(await first(testsGuide())));
  const never: EditWeights = { byFaultClass: { "arithmetic-operator": -Infinity, "argument-order": -Infinity } };
  assert.ok(
    !["arithmetic-operator", "argument-order"].includes(await first(testsGuide(), { weights: async () => never })),
  );
});

test("a guided proposer holds what the proposer in it holds", () => {
  const holding = { id: "steps", pending: true, async *propose() {} };
  assert.equal(new GuidedProposer(holding, []).pending, true);
  assert.equal(new GuidedProposer({ ...holding, pending: false }, []).pending, false);
});
