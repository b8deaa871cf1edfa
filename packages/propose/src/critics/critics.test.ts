import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Rng, type Critic, type CritiqueContext, type Feedback, type Submission, type Verdict } from "@pawl/core";
import type { Model, ModelRequest } from "../model/model.ts";
import { PromptTemplates } from "../prompts/templates.ts";
import { Languages } from "../syntax/languages.ts";
import { UNIFORM_MODEL } from "../syntax/prior-model.ts";
import { CriticPanel } from "./critic-panel.ts";
import { evidenceOf } from "./evidence.ts";
import { countFaults, FaultClassifier, FaultCritic } from "./fault-classifier.ts";
import { ModelFaultCritic, readFault } from "./model-critic.ts";
import { ValueCritic } from "./value-critic.ts";

const SOURCE = "export function f(a, b) {\n  return a - b;\n}\n";
const context: CritiqueContext = {
  read: () => SOURCE,
  suspiciousness: { "a.js": [0.1, 1, 0.1] },
  signal: new AbortController().signal,
};

function verdictOf(status: Verdict["status"], ...feedback: Feedback[]): Verdict {
  return {
    status,
    scores: { passed: [status === "passed" ? 1 : 0] },
    failing: [],
    feedback,
    cost: { wallMs: 1, cpuMs: 1 },
    evidence: [],
  };
}

function submissionBy(operator: string): Submission {
  const edits = [
    { operator, faultClass: "boundary", nodeKind: "x", path: "a.js", line: 2, suspiciousness: 0.5, weight: 1 } as const,
  ];
  return {
    candidate: {
      id: operator,
      changes: [{ path: "a.js", start: 0, end: 1, text: "y" }],
      parents: [],
      origin: { proposer: "syntax", summary: "", edits },
    },
    files: { "a.js": SOURCE },
  };
}

const returned = (expected: string, actual: string): Feedback => ({
  kind: "test",
  name: "t",
  message: "returned another value",
  expected,
  actual,
});

describe("evidenceOf", () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["3", "4", ["number larger", "off by one"]],
    ["[1,2]", "[2,1]", ["order", "reversed"]],
    ["[1,2]", "[1]", ["one fewer", "others right"]],
    ["true", '{"$":"undefined"}', ["nothing", "type boolean>undefined"]],
    ['"Ab"', '"ab"', ["letter case"]],
    ["3", '"3"', ["another type", "type number>string"]],
  ];
  for (const [expected, actual, features] of cases)
    test(`${expected} and ${actual}`, () => {
      assert.deepEqual(
        evidenceOf(verdictOf("failed", returned(expected, actual))).filter((each) => each !== "all fail"),
        features,
      );
    });
});

describe("FaultClassifier", () => {
  const examples = [
    ...Array.from({ length: 6 }, () => ({ kind: "missing-return" as const, evidence: ["nothing"] })),
    ...Array.from({ length: 6 }, () => ({ kind: "arithmetic-operator" as const, evidence: ["number larger"] })),
  ];

  test("evidence moves the probabilities, which sum to 1", async () => {
    const classifier = new FaultClassifier(await Languages.load(), UNIFORM_MODEL, countFaults(examples));
    const by = (evidence: readonly string[]): Readonly<Record<string, number>> =>
      classifier.classify({ sources: { "a.js": SOURCE }, suspiciousness: context.suspiciousness, evidence }) as Record<
        string,
        number
      >;
    const [none, nothing, larger] = [by([]), by(["nothing"]), by(["number larger"])];
    for (const kinds of [none, nothing, larger])
      assert.ok(Math.abs(Object.values(kinds).reduce((a, b) => a + b, 0) - 1) < 1e-9);
    assert.ok((nothing?.["missing-return"] ?? 0) > (none?.["missing-return"] ?? 0));
    assert.ok((larger?.["arithmetic-operator"] ?? 0) > (nothing?.["arithmetic-operator"] ?? 0));
  });

  test("the critic explains failures only", async () => {
    const critic = new FaultCritic(new FaultClassifier(await Languages.load(), UNIFORM_MODEL, countFaults(examples)));
    assert.equal(await critic.critique(submissionBy("x"), verdictOf("passed"), context), null);
    assert.equal(await critic.critique(submissionBy("x"), null, context), null);
    const said = await critic.critique(submissionBy("x"), verdictOf("failed", returned("1", "3")), context);
    assert.match(said?.text ?? "", /most likely of the kind \S+ \(\d+ %\)/);
    assert.deepEqual([said?.finding?.path, said?.finding?.line, said?.predicted], ["a.js", 2, undefined]);
  });
});

describe("ValueCritic", () => {
  test("learns which operators pass, and its state is all it knows", () => {
    const critic = new ValueCritic();
    assert.equal(critic.predict(submissionBy("good")), 0.5);
    const rng = Rng.of("value");
    for (let i = 0; i < 400; i += 1) {
      const good = rng.uniform() < 0.5;
      const passes = rng.uniform() < (good ? 0.8 : 0.1);
      critic.learn(submissionBy(good ? "good" : "bad"), verdictOf(passes ? "passed" : "failed"));
    }
    assert.ok(Math.abs(critic.predict(submissionBy("good")) - 0.8) < 0.15);
    assert.ok(critic.predict(submissionBy("bad")) < 0.25);
    const again = new ValueCritic({ state: critic.state() });
    assert.equal(again.predict(submissionBy("bad")), critic.predict(submissionBy("bad")));
  });
});

describe("CriticPanel", () => {
  const saying = (id: string, predicted: number): Critic => ({
    id,
    critique: async () => ({ critic: id, text: id, predicted }),
  });

  test("trusts a critic by how its predictions came out, and names one that fails", async () => {
    const broken: Critic = {
      id: "broken",
      critique: async (_, verdict) => {
        if (verdict === null) return null;
        throw new Error("out of order");
      },
    };
    const panel = new CriticPanel([saying("wrong", 0.9), saying("right", 0.1), broken]);
    const before = await panel.critique(submissionBy("x"), verdictOf("failed"), context);
    assert.ok(Math.abs((before?.predicted ?? 0) - 0.5) < 1e-9);
    for (let i = 0; i < 20; i += 1) await panel.tell(submissionBy("x"), verdictOf("failed"), context);
    const after = await panel.critique(submissionBy("x"), verdictOf("failed"), context);
    assert.ok((after?.predicted ?? 1) < 0.2);
    assert.equal(after?.text, "right: right\nwrong: wrong\nbroken failed: out of order");
  });
});

describe("ModelFaultCritic", () => {
  test("asks with the code and the evidence, and reads the answer", async () => {
    const asked: ModelRequest[] = [];
    const text = 'It is this: {"kind": "Arithmetic operator", "line": 2, "cause": "It subtracts.", "confidence": 0.8,}';
    const usage = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, reported: true };
    const model: Model = {
      id: "scripted",
      contextTokens: 4000,
      concurrency: 1,
      countTokens: (each) => Math.ceil(each.length / 3),
      bound: () => ({ tokens: 4000, dollars: null }),
      generate: async (request) => {
        asked.push(request);
        return {
          model: "scripted",
          text,
          toolCalls: [],
          finish: "stop",
          usage,
          dollars: null,
          attempts: 1,
          faults: [],
        };
      },
      close: async () => {},
    };
    const critic = new ModelFaultCritic(model, PromptTemplates.load());
    const said = await critic.critique(submissionBy("x"), verdictOf("failed", returned("3", "-1")), context);
    assert.match(asked[0]?.messages[0]?.content ?? "", /2: {3}return a - b;[\s\S]*expected 3, got -1/);
    assert.equal(said?.text, "It subtracts. (arithmetic-operator, line 2)");
    assert.equal(said?.finding?.kinds["arithmetic-operator"], 0.8);
    assert.equal(said?.finding?.line, 2);
  });

  test("an answer of another form is none", () => {
    for (const text of ["", "no idea", '{"kind": "typo"}', "{", "[]"]) assert.equal(readFault(text), null);
  });
});
