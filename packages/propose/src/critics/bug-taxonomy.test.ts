import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { FAULT_CLASSES, type Feedback, type Submission, type Verdict } from "@pawl/core";
import { Languages } from "../syntax/languages.ts";
import { BugCritic } from "./bug-critic.ts";
import { BugOperators } from "./bug-operators.ts";
import { BUG_IDS, BUG_OF, classifyBug, faultClassesOf } from "./bug-taxonomy.ts";
import { codeMetrics } from "./code-metrics.ts";

function verdictOf(...findings: readonly Partial<Feedback>[]): Verdict {
  return {
    status: "failed",
    scores: { passed: [0.5], closeness: [0.6] },
    failing: [],
    feedback: findings.map((each) => ({ kind: "test", message: "returned another value", ...each })),
    cost: { wallMs: 1, cpuMs: 1 },
    evidence: [],
  };
}

describe("classifyBug", () => {
  const byMessage: readonly (readonly [string, string])[] = [
    ["the module does not load: SyntaxError: Unexpected token '}'", "A.1"],
    ["the module does not load: IndentationError: unexpected indent", "A.2"],
    ["ModuleNotFoundError: No module named 'maths'", "A.3"],
    ["threw TypeError: xs.append is not a function", "B.1"],
    ["threw AttributeError: 'list' object has no attribute 'push'", "B.1"],
    ["threw ReferenceError: total is not defined", "B.2"],
    ["threw TypeError: Cannot read properties of undefined (reading 'length')", "B.3"],
    ["threw ZeroDivisionError: division by zero", "B.3"],
    ["threw TypeError: f() missing 1 required positional argument: 'b'", "B.4"],
    ["threw RangeError: Maximum call stack size exceeded", "B.5"],
    ["a call did not end", "B.5"],
    ["threw CycleError: a cycle", "B.5"],
  ];
  for (const [message, id] of byMessage)
    test(message, () => {
      assert.equal(classifyBug(verdictOf({ message, actual: "throws X" }))?.id, id);
    });

  test("wrong results by their form, and the label that most findings have", () => {
    assert.equal(classifyBug(verdictOf({ expected: "3", actual: '"3"' }))?.id, "C.3");
    assert.equal(classifyBug(verdictOf({ expected: "3", actual: '{"$":"undefined"}' }))?.id, "C.3");
    assert.equal(
      classifyBug(verdictOf({ expected: "[3,4]", actual: '[3,{"$":"undefined"}]' }))?.id,
      "C.1",
      "a part only",
    );
    assert.equal(classifyBug(verdictOf({ expected: "[3]", actual: '[{"$":"coroutine"}]' }))?.id, "B.1");
    const found = classifyBug(
      verdictOf({ expected: "3", actual: "4" }, { expected: "3", actual: "5" }, { expected: "3", actual: '"3"' }),
    );
    assert.deepEqual([found?.id, Math.round(100 * (found?.confidence ?? 0))], ["C.1", 67]);
    const unrelated = { ...verdictOf({ expected: "3", actual: "400" }), scores: { passed: [0], closeness: [0] } };
    assert.equal(classifyBug(unrelated)?.id, "C.2");
  });

  test("only failures have a label", () => {
    for (const status of ["passed", "tampered", "infrastructure"] as const)
      assert.equal(classifyBug({ ...verdictOf(), status }), null);
    assert.equal(classifyBug({ ...verdictOf(), status: "timeout" })?.id, "B.5");
  });

  test("every kind of fault has a name in the taxonomy, and back", () => {
    for (const kind of FAULT_CLASSES) assert.ok(faultClassesOf(BUG_OF[kind]).includes(kind));
    assert.equal(BUG_IDS.length, 12);
  });
});

test("counts of operators by bug say which are accepted oftener than usual, and are plain data", () => {
  const operators = new BugOperators();
  assert.equal(operators.weights("B.3"), undefined);
  for (let i = 0; i < 20; i += 1) {
    operators.learn("B.3", "add-guard", i % 2 === 0);
    operators.learn("B.3", "swap-arithmetic", false);
    operators.learn("C.1", "add-guard", false);
    operators.learn("C.1", "swap-arithmetic", i % 2 === 0);
  }
  const weights = operators.weights("B.3")?.byOperator ?? {};
  assert.ok((weights["add-guard"] ?? 0) > 0.3 && (weights["swap-arithmetic"] ?? 0) < -0.3);
  assert.deepEqual(new BugOperators(operators.counts()).weights("B.3"), operators.weights("B.3"));
});

test("the critic names the bug and weighs its repairs", async () => {
  const submission = { candidate: { id: "x" }, files: {} } as unknown as Submission;
  const critic = new BugCritic();
  const context = { read: () => "", suspiciousness: {}, signal: new AbortController().signal };
  const said = await critic.critique(submission, verdictOf({ message: "threw IndexError: out of range" }), context);
  assert.match(said?.text ?? "", /B\.3, wrong boundary check \(threw IndexError/);
  assert.ok((said?.weights?.byFaultClass?.["boundary"] ?? 0) > 0);
  assert.equal(await critic.critique(submission, null, context), null);
});

describe("codeMetrics", () => {
  let languages: Languages;
  before(async () => {
    languages = await Languages.load();
  });

  test("nodes, decisions and calls in both languages", () => {
    const js = "function f(a) {\n  if (a > 1 && g(a)) return 1;\n  for (const x of a) g(x);\n  return a ? 1 : 2;\n}\n";
    const py =
      "def f(a):\n    if a > 1 and g(a):\n        return 1\n    for x in a:\n        g(x)\n    return 1 if a else 2\n";
    for (const [source, path] of [
      [js, "a.js"],
      [py, "a.py"],
    ] as const) {
      const { complexity, calls, nodes } = codeMetrics(languages, source, path) ?? {
        complexity: 0,
        calls: 0,
        nodes: 0,
      };
      assert.deepEqual([complexity, calls], [5, 2], path);
      assert.ok(nodes > 20 && nodes < 60);
    }
    assert.equal(codeMetrics(languages, "function (", "a.js"), null);
    const cases = codeMetrics(languages, "switch (1) { case 1: break; case 2: break; default: }\n", "a.js");
    assert.equal(cases?.complexity, 3);
  });
});
