import assert from "node:assert/strict";
import { test } from "node:test";
import { mochaAdapter } from "./mocha.ts";
import { openRunnerProject, statuses, testRunner } from "./runner-fixture.ts";

const SOURCE = `"use strict";

function add(a, b) {
  return a + b;
}

function sign(x) {
  if (x < 0) {
    return "negative";
  }
  return x === 0 ? "zero" : "positive";
}

module.exports = { add, sign };
`;

const TEST = `const assert = require("node:assert");
const { add, sign } = require("../src/math.js");
describe("math", () => {
  it("adds", () => { assert.strictEqual(add(1, 2), 3); });
  it("signs", () => { assert.strictEqual(sign(-1), "negative"); });
  it.skip("skips", () => {});
});
it("twice", () => {});
it("twice", () => { throw new Error("second"); });
describe("hooks", () => {
  beforeEach(() => { throw new Error("hook"); });
  it("one", () => {});
  it("two", () => {});
});
`;

testRunner({
  adapter: mochaAdapter,
  files: {
    "package.json": '{"scripts":{"test":"mocha"}}',
    "src/math.js": SOURCE,
    "test/math.spec.cjs": TEST,
  },
  base: {
    "test/math.spec.cjs > twice": "passed",
    "test/math.spec.cjs > twice #2": "failed",
    "test/math.spec.cjs > math > adds": "passed",
    "test/math.spec.cjs > math > signs": "passed",
    "test/math.spec.cjs > math > skips": "skipped",
    "test/math.spec.cjs > hooks > one": "failed",
    "test/math.spec.cjs > hooks > two": "failed",
  },
  broken: [],
  commands: [
    "npm test",
    "npx mocha --watch --reporter dot",
    "true && NODE_OPTIONS=--no-warnings mocha --stack-trace-limit=20",
  ],
  source: "src/math.js",
  sign: "test/math.spec.cjs > math > signs",
  add: "test/math.spec.cjs > math > adds",
  addLines: { executed: [4], not: [8, 9, 11] },
});

test("mocha: parallel mode", async (t) => {
  const files = {
    "test/a.cjs": 'it("a", () => {});\n',
    "test/b.cjs": 'describe("b", () => {\n  before(() => { throw new Error("hook"); });\n  it("b", () => {});\n});\n',
  };
  const context = await openRunnerProject(t, "mocha", files, "mocha --parallel 'test/*.cjs'");
  if (context === null) return;
  const report = await mochaAdapter.runClean(context, { files: {}, timeoutMs: 60_000 });
  const names = { "test/a.cjs > a": "passed", "test/b.cjs > b > b": "failed" };
  assert.deepEqual([report.complete, statuses(report)], [true, names]);
  const warm = await mochaAdapter.startWarm?.(context, report);
  assert.ok(warm !== undefined && "reason" in warm);
  assert.match(warm.reason, /parallel mode/);
});

const MODULES = {
  "package.json": '{"type":"module","scripts":{"test":"mocha"}}',
  "src/math.js": 'import { one } from "./one.cjs";\nexport const add = (a, b) => a + b * one;\n',
  "src/one.cjs": "exports.one = 2;\n",
  "test/math.js":
    'import assert from "node:assert";\nimport { describe, it } from "mocha";\nimport { add } from "../src/math.js";\ndescribe("math", () => {\n  it("adds", () => assert.equal(add(1, 2), 3));\n  it("fine", () => {});\n});\n',
};

test("mocha: ES modules that import CommonJS, clean and warm", async (t) => {
  const context = await openRunnerProject(t, "mocha", MODULES);
  if (context === null) return;
  const right = { "src/one.cjs": "exports.one = 1;\n" };
  const expected = { "test/math.js > math > adds": "passed", "test/math.js > math > fine": "passed" };
  const clean = await mochaAdapter.runClean(context, { files: right, timeoutMs: 60_000 });
  assert.deepEqual(statuses(clean), expected);
  const warm = await mochaAdapter.startWarm?.(context, clean);
  assert.ok(warm !== undefined && !("reason" in warm));
  t.after(() => warm.close());
  for (let round = 0; round < 2; round++) {
    assert.equal(statuses(await warm.run({ files: {}, timeoutMs: 60_000 }))["test/math.js > math > adds"], "failed");
    assert.deepEqual(statuses(await warm.run({ files: right, timeoutMs: 60_000 })), expected);
  }
});

test("mocha: a file that does not load is an error of that file", async (t) => {
  const files = { ...MODULES, "test/a.js": 'import "../src/missing.js";\n' };
  const context = await openRunnerProject(t, "mocha", files);
  if (context === null) return;
  const report = await mochaAdapter.runClean(context, { files: {}, timeoutMs: 60_000 });
  assert.deepEqual([report.complete, report.tests], [true, []]);
  assert.equal(report.errors[0]?.file, "test/a.js");
  assert.match(report.errors[0].message, /missing\.js/);
});
