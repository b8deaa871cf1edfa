import assert from "node:assert/strict";
import { test } from "node:test";
import { openProject } from "./fixture-project.ts";
import { nodeTestAdapter } from "./node-test.ts";
import type { SuiteContext, TestReport, WarmSuite } from "./types.ts";

const TIMEOUT_MS = 60_000;
const ESM = {
  "package.json": '{"type":"module","scripts":{"test":"node --test"}}',
  "sum.js": "export function sum(a, b) {\n  return a - b;\n}\n\nexport function unused() {\n  return 1;\n}\n",
  "test/sum.test.js": `
    import { describe, it, test } from "node:test";
    import assert from "node:assert/strict";
    import { sum } from "../sum.js";
    describe("sum", () => {
      it("adds", () => assert.equal(sum(1, 2), 3));
      it("adds zero", () => assert.equal(sum(1, 0), 1));
      it("adds zero", () => assert.equal(sum(2, 0), 2));
    });
    test("outer", async (t) => { await t.test("inner", () => assert.equal(sum(2, 2), 4)); });
    test.skip("later", () => {});
  `,
};
const FIXED = { "sum.js": ESM["sum.js"].replace("a - b", "a + b") };

const statuses = (report: TestReport) => Object.fromEntries(report.tests.map(({ id, status }) => [id, status]));

/** A warm suite that ends with the scope. */
async function warmOf(context: SuiteContext): Promise<WarmSuite & AsyncDisposable> {
  const baseline = await nodeTestAdapter.runClean(context, { files: {}, timeoutMs: TIMEOUT_MS });
  const warm = await nodeTestAdapter.startWarm?.(context, baseline);
  if (warm === undefined || "reason" in warm) throw new Error(warm?.reason);
  return { run: warm.run.bind(warm), close: warm.close.bind(warm), [Symbol.asyncDispose]: () => warm.close() };
}

test("a clean run reports every test by file, suite and name", async () => {
  await using project = await openProject(ESM);
  const report = await nodeTestAdapter.runClean(project.context, { files: {}, timeoutMs: TIMEOUT_MS });
  assert.deepEqual(statuses(report), {
    "test/sum.test.js > sum > adds": "failed",
    "test/sum.test.js > sum > adds zero": "passed",
    "test/sum.test.js > sum > adds zero #2": "passed",
    "test/sum.test.js > outer > inner": "failed",
    "test/sum.test.js > outer": "failed",
    "test/sum.test.js > later": "skipped",
  });
  const [adds] = report.tests;
  assert.equal(adds?.expected, "3");
  assert.equal(adds?.actual, "-1");
  assert.deepEqual(adds?.stack?.[0], { path: "test/sum.test.js", line: 6 });
  assert.equal(report.complete, true);
  assert.equal(report.exitCode, 1);
});

test("a clean run judges the candidate's files, and the user's own reporter does no harm", async () => {
  await using project = await openProject(ESM, "node --test --test-reporter=spec --test-reporter-destination stdout");
  const report = await nodeTestAdapter.runClean(project.context, { files: FIXED, timeoutMs: TIMEOUT_MS });
  assert.deepEqual(new Set(Object.values(statuses(report))), new Set(["passed", "skipped"]));
  assert.equal(report.exitCode, 0);
});

test("files that do not load, crash or exit are errors or leave their tests out", async () => {
  await using project = await openProject({
    ...ESM,
    "test/missing.test.js": 'import "../nowhere.js";',
    "test/exit.test.js":
      'import { test } from "node:test"; test("leaves", () => process.exit(0)); test("after", () => {});',
  });
  const report = await nodeTestAdapter.runClean(project.context, { files: {}, timeoutMs: TIMEOUT_MS });
  const error = report.errors.find(({ file }) => file === "test/missing.test.js");
  assert.match(error?.message ?? "", /Cannot find module/);
  assert.equal(statuses(report)["test/exit.test.js > after"], undefined);
});

test("a suite that hangs is killed and reported as timed out", async () => {
  await using project = await openProject(ESM);
  const files = { "sum.js": "while (true);\nexport const sum = 0;\n" };
  const report = await nodeTestAdapter.runClean(project.context, { files, timeoutMs: 1500 });
  assert.equal(report.timedOut, true);
  assert.equal(report.complete, false);
});

test("a warm process gives the same outcomes as a clean run, for ESM, CommonJS and TypeScript", async (t) => {
  const commonJs = {
    "package.json": '{"scripts":{"test":"node --test"}}',
    "sum.js": "exports.sum = (a, b) => a - b;\n",
    "middle.js": 'module.exports = require("./sum");\n',
    "test/sum.test.js":
      'const test = require("node:test"); const assert = require("assert"); const { sum } = require("../middle");\ntest("adds", () => assert.equal(sum(1, 2), 3));\ntest("zero", () => assert.equal(sum(1, 0), 1));\n',
  };
  const typeScript = {
    "package.json": '{"type":"module","scripts":{"test":"node --test \\"test/*.ts\\""}}',
    "sum.ts": "export function sum(a: number, b: number): number {\n  return a - b;\n}\n",
    "test/sum.test.ts":
      'import { test } from "node:test"; import assert from "node:assert"; import { sum } from "../sum.ts";\ntest("adds", () => assert.equal(sum(1, 2), 3));\ntest("zero", () => assert.equal(sum(1, 0), 1));\n',
  };
  for (const [name, files, source] of [
    ["ESM", ESM, "sum.js"],
    ["CommonJS", commonJs, "sum.js"],
    ["TypeScript", typeScript, "sum.ts"],
  ] as const) {
    await t.test(name, async () => {
      await using project = await openProject(files);
      await using warm = await warmOf(project.context);
      const base = (files as Record<string, string>)[source] ?? "";
      const candidates = [
        base,
        base.replace("a - b", "a + b"),
        base,
        base.replace("a - b", "a * b"),
        base.replace("a - b", "b +"),
      ];
      for (const text of candidates) {
        const request = { files: { [source]: text }, timeoutMs: TIMEOUT_MS };
        const clean = await nodeTestAdapter.runClean(project.context, request);
        const screened = await warm.run(request);
        assert.deepEqual(statuses(screened), statuses(clean), text);
        assert.deepEqual(
          screened.errors.map(({ file }) => file),
          clean.errors.map(({ file }) => file),
          text,
        );
      }
    });
  }
});

test("a warm process behaves like node:test on hooks, contexts, hangs and stray exceptions", async () => {
  await using project = await openProject({
    "package.json": '{"type":"module","scripts":{"test":"node --test"}}',
    "test/hooks.test.js": `
      import { after, afterEach, before, beforeEach, describe, it, suite, test } from "node:test";
      import assert from "node:assert/strict";
      let count = 0;
      before(() => { count = 10; });
      beforeEach(() => { count++; });
      test("root hooks", () => assert.equal(count, 11));
      describe("nested", () => {
        let own;
        before(async () => { own = 1; });
        beforeEach((t, done) => { own++; setImmediate(done); });
        it("sees both", () => { assert.equal(own, 2); assert.equal(count, 12); });
        it("takes a callback", (t, done) => { setTimeout(done, 1); });
        describe.skip("left out", () => { it("never", () => {}); });
      });
      suite("bad hook", () => { before(() => { throw new Error("hook"); }); it("inside", () => {}); });
      suite("bad after", () => { after(() => { throw new Error("after"); }); it("inside", () => {}); });
      test("plan", (t) => { t.plan(2); t.assert.ok(true); t.assert.equal(1, 1); });
      test("plan not kept", (t) => { t.plan(2); t.assert.ok(true); });
      test("mocks", (t) => { const f = t.mock.fn(() => 3); f(); assert.equal(f.mock.callCount(), 1); });
      test("own time limit", { timeout: 20 }, () => new Promise((r) => setTimeout(r, 200)));
      test("rejects", async () => { throw "text"; });
      test("todo", { todo: true }, () => { throw new Error("not yet"); });
      test("late", () => { setTimeout(() => { throw new Error("late"); }, 1); });
      await test("awaited at top level", async () => {});
      test("never ends", () => new Promise(() => {}));
      test("after the hang", () => {});
    `,
    "test/plain.test.js": 'import assert from "node:assert"; assert.equal(1, 1);',
  });
  const clean = await nodeTestAdapter.runClean(project.context, { files: {}, timeoutMs: TIMEOUT_MS });
  await using warm = await warmOf(project.context);
  for (let round = 0; round < 2; round++)
    assert.deepEqual(statuses(await warm.run({ files: {}, timeoutMs: TIMEOUT_MS })), statuses(clean));
});

test("a warm process runs only the tests asked for, and stops at the first failure", async () => {
  await using project = await openProject(ESM);
  await using warm = await warmOf(project.context);
  const second = "test/sum.test.js > sum > adds zero #2";
  assert.deepEqual(statuses(await warm.run({ files: {}, tests: [second], timeoutMs: TIMEOUT_MS })), {
    [second]: "passed",
  });
  const stopped = await warm.run({ files: {}, stopAtFirstFailure: true, timeoutMs: TIMEOUT_MS });
  assert.deepEqual(statuses(stopped), { "test/sum.test.js > sum > adds": "failed" });
});

test("a warm process survives candidates that hang or exit", async () => {
  await using project = await openProject(ESM);
  await using warm = await warmOf(project.context);
  const hang = await warm.run({ files: { "sum.js": "export function sum() { while (true); }" }, timeoutMs: 300 });
  assert.equal(hang.timedOut, true);
  const exit = await warm.run({
    files: { "sum.js": "export function sum() { process.exit(0); }" },
    timeoutMs: TIMEOUT_MS,
  });
  assert.equal(statuses(exit)["test/sum.test.js > sum > adds"], "failed");
  const fixed = await warm.run({ files: FIXED, timeoutMs: TIMEOUT_MS });
  assert.equal(fixed.tests.filter((each) => each.status === "failed").length, 0);
});

test("a candidate that adds a file is loaded with it, and the file is gone for the next", async () => {
  await using project = await openProject(ESM);
  await using warm = await warmOf(project.context);
  const files = {
    "sum.js": 'export { sum } from "./added.js";\n',
    "added.js": "export const sum = (a, b) => a + b;\n",
  };
  assert.equal(statuses(await warm.run({ files, timeoutMs: TIMEOUT_MS }))["test/sum.test.js > sum > adds"], "passed");
  const without = await warm.run({ files: { "sum.js": files["sum.js"] }, timeoutMs: TIMEOUT_MS });
  assert.match(without.errors[0]?.message ?? "", /added\.js/);
});

test("lines are traced per test, warm and clean", async () => {
  await using project = await openProject({
    "package.json": '{"type":"module","scripts":{"test":"node --test"}}',
    "two.js":
      "export function one(x) {\n  return x + 1;\n}\nexport function two(x) {\n  if (x > 1) {\n    return 2;\n  }\n  return 0;\n}\n",
    "test/two.test.js":
      'import { test } from "node:test"; import { one, two } from "../two.js";\ntest("one", () => one(1));\ntest("two", () => two(5));\ntest("two small", () => two(0));\n',
  });
  await using warm = await warmOf(project.context);
  const request = { files: {}, trace: ["two.js"], timeoutMs: TIMEOUT_MS };
  for (const report of [
    await warm.run(request),
    await nodeTestAdapter.runClean(project.context, request),
    await warm.run(request),
  ]) {
    const lines = (name: string) => new Set(report.tests.find(({ id }) => id.endsWith(`> ${name}`))?.hits?.["two.js"]);
    assert.deepEqual(
      [2, 6, 8].map((line) => lines("one").has(line)),
      [true, false, false],
    );
    assert.deepEqual(
      [2, 6, 8].map((line) => lines("two").has(line)),
      [false, true, false],
    );
    assert.deepEqual(
      [2, 6, 8].map((line) => lines("two small").has(line)),
      [false, false, true],
    );
  }
});

test("a suite that needs node's own runner is refused with the reason", async () => {
  await using project = await openProject(ESM, "node --test --test-name-pattern=adds");
  const baseline = await nodeTestAdapter.runClean(project.context, { files: {}, timeoutMs: TIMEOUT_MS });
  const warm = await nodeTestAdapter.startWarm?.(project.context, baseline);
  assert.match(warm !== undefined && "reason" in warm ? warm.reason : "", /--test-name-pattern/);
});

test("variables and flags of the user's own line reach clean and warm runs", async () => {
  const files = {
    "package.json": '{"type":"module"}',
    "setup.js": 'globalThis.prepared = "yes";\n',
    "a.test.js":
      'import { test } from "node:test"; import assert from "node:assert";\ntest("mode", () => { assert.equal(process.env.MODE, "on"); assert.equal(prepared, "yes"); assert.ok(process.env.NODE_OPTIONS.includes("--no-warnings")); });\n',
  };
  await using project = await openProject(
    files,
    "MODE=on NODE_OPTIONS='--no-warnings' node --import ./setup.js --test",
  );
  const expected = { "a.test.js > mode": "passed" };
  const clean = await nodeTestAdapter.runClean(project.context, { files: {}, timeoutMs: TIMEOUT_MS });
  assert.deepEqual(statuses(clean), expected);
  await using warm = await warmOf(project.context);
  assert.deepEqual(statuses(await warm.run({ files: {}, timeoutMs: TIMEOUT_MS })), expected);
});
