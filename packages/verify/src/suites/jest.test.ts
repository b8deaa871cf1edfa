import assert from "node:assert/strict";
import { test } from "node:test";
import { runBaseline } from "./baseline.ts";
import { jestAdapter } from "./jest.ts";
import { openRunnerProject, statuses, testRunner } from "./runner-fixture.ts";

const SOURCE = `"use strict";
const { double } = require("./other");

function add(a, b) {
  return a + b;
}

function sign(x) {
  if (x < 0) {
    return "negative";
  }
  return double(x) === 0 ? "zero" : "positive";
}

module.exports = { add, sign };
`;

const TEST = `const { add, sign } = require("./math");
jest.mock("./other", () => ({ double: (x) => x + x }));
describe("math", () => {
  it("adds", () => { expect(add(1, 2)).toBe(3); });
  it("signs", () => { expect(sign(-1)).toBe("negative"); });
  it("mocks", () => { expect(sign(0)).toBe("zero"); });
  it.skip("skips", () => {});
});
test("snapshot", () => { expect(sign(1)).toMatchSnapshot(); });
test("new snapshot", () => { expect(1).toMatchSnapshot(); });
test("twice", () => {});
test("twice", () => { throw new Error("second"); });
describe("no hook", () => {
  beforeAll(() => { throw new Error("hook"); });
  it("never runs", () => {});
});
`;

testRunner({
  adapter: jestAdapter,
  files: {
    "package.json": '{"scripts":{"test":"jest --coverage"}}',
    "src/math.js": SOURCE,
    "src/other.js": "exports.double = (x) => x * 3 + 1;\n",
    "src/math.test.js": TEST,
    "src/broken.test.js": 'require("./missing");\nit("never", () => {});\n',
    "src/__snapshots__/math.test.js.snap":
      '// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n\nexports[`snapshot 1`] = `"positive"`;\n',
  },
  base: {
    "src/math.test.js > math > adds": "passed",
    "src/math.test.js > math > signs": "passed",
    "src/math.test.js > math > mocks": "passed",
    "src/math.test.js > math > skips": "skipped",
    "src/math.test.js > snapshot": "passed",
    "src/math.test.js > new snapshot": "failed",
    "src/math.test.js > twice": "passed",
    "src/math.test.js > twice #2": "failed",
    "src/math.test.js > no hook > never runs": "failed",
  },
  broken: ["src/broken.test.js"],
  commands: ["npm test", "npx jest", "jest --watchAll --verbose", "true && NODE_OPTIONS=--no-warnings jest src"],
  source: "src/math.js",
  sign: "src/math.test.js > math > signs",
  add: "src/math.test.js > math > adds",
  addLines: { executed: [5], not: [9, 10, 12] },
});

test("jest: ES modules, clean and warm", async (t) => {
  const files = {
    "package.json": '{"type":"module","jest":{"transform":{}}}',
    "math.js": "export const add = (a, b) => a - b;\n",
    "math.test.js":
      'import { add } from "./math.js";\ntest("adds", () => {\n  expect(add(1, 2)).toBe(3);\n});\ntest("fine", () => {});\n',
  };
  const context = await openRunnerProject(t, "jest", files, "NODE_OPTIONS=--experimental-vm-modules npx jest");
  if (context === null) return;
  const right = { "math.js": "export const add = (a, b) => a + b;\n" };
  const expected = { "math.test.js > adds": "passed", "math.test.js > fine": "passed" };
  const clean = await jestAdapter.runClean(context, { files: right, timeoutMs: 60_000 });
  assert.deepEqual(statuses(clean), expected);
  const warm = await jestAdapter.startWarm?.(context, clean);
  assert.ok(warm !== undefined && !("reason" in warm));
  t.after(() => warm.close());
  assert.equal(statuses(await warm.run({ files: {}, timeoutMs: 60_000 }))["math.test.js > adds"], "failed");
  assert.deepEqual(statuses(await warm.run({ files: right, timeoutMs: 60_000 })), expected);
});

test("jest: a candidate that fills the disk of the warm box does not spoil the next one", async (t) => {
  const files = {
    "package.json": '{"jest":{}}',
    "math.js": "exports.add = (a, b) => a - b;\n",
    "math.test.js": 'const { add } = require("./math");\ntest("adds", () => { expect(add(1, 2)).toBe(3); });\n',
  };
  const context = await openRunnerProject(t, "jest", files, "npx jest");
  if (context === null) return;
  const { report } = await runBaseline(context, jestAdapter);
  const warm = await jestAdapter.startWarm?.(context, report);
  if (warm === undefined || "reason" in warm) throw new Error(warm?.reason);
  t.after(() => warm.close());
  const run = (text: string) => warm.run({ files: { "math.js": text }, timeoutMs: 60_000, silenceMs: 60_000 });
  const right = "exports.add = (a, b) => a + b;\n";
  const fills = `const fs = require("fs");
for (const size of [1 << 22, 4096])
  try { for (let i = 0; i < 2000; i++) fs.writeFileSync("/tmp/" + size + "-" + i, Buffer.alloc(size, 7)); } catch {}
`;
  await run(fills + right);
  assert.deepEqual(statuses(await run(`${right}// another text, which the cache does not have\n`)), {
    "math.test.js > adds": "passed",
  });
});
