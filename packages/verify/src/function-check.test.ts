import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { before, describe, test } from "node:test";
import { UsageError, type Submission, type Verdict } from "@pawl/core";
import { FunctionCheck, type FunctionCheckOptions } from "./function-check.ts";
import { openSandbox } from "./open-sandbox.ts";
import { probeSandbox } from "./probe-sandbox.ts";
import type { Sandbox } from "./sandbox.ts";
import { removeSnapshot, takeSnapshot } from "./snapshot.ts";
import type { FunctionCase } from "./wire.ts";

const skip = (await probeSandbox()).some((probe) => probe.works) ? false : "no sandbox works here";
const noPython = spawnSync("python3", ["--version"]).status === 0 ? false : "python3 not found";
const signal = new AbortController().signal;
const submission = (files: Record<string, string>): Submission => ({
  candidate: { id: "", changes: [], parents: [], origin: { proposer: "", summary: "" } },
  files,
});

let sandbox: Sandbox;
before(async () => {
  if (skip === false) sandbox = await openSandbox();
});

/** A check over a small project; `body` gets it and judges texts of its module. */
async function withCheck(
  project: Record<string, string>,
  options: Pick<FunctionCheckOptions, "judge"> & Partial<FunctionCheckOptions>,
  body: (check: FunctionCheck) => Promise<void>,
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "pawl-function-"));
  for (const [path, text] of Object.entries(project)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const snapshot = await takeSnapshot(root);
  const check = new FunctionCheck({ sandbox, snapshot, ...options });
  try {
    await body(check);
  } finally {
    await check.close();
    await removeSnapshot(snapshot);
    rmSync(root, { recursive: true });
  }
}

/** Judges texts of one module both ways, and demands that both ways agree. */
async function both(check: FunctionCheck, files: Record<string, string>): Promise<Verdict> {
  const screened = await check.screen(submission(files), signal);
  const confirmed = await check.confirm(submission(files), signal);
  const told = ({ status, scores, failing }: Verdict) => ({ status, scores, failing });
  assert.deepEqual(
    told(screened),
    told(confirmed),
    `${JSON.stringify(screened.feedback)} ${JSON.stringify(confirmed.feedback)}`,
  );
  return confirmed;
}

const DOUBLE: readonly FunctionCase[] = [
  { call: "double", args: [2], returns: 4 },
  { call: "double", args: [-1], returns: -2 },
];

describe("function check, JavaScript", { skip }, () => {
  const judge = { module: "main.mjs", cases: DOUBLE };
  const good = "export const double = (x) => x * 2;\n";
  const js = (name: string, text: string, want: Partial<Verdict>) =>
    test(name, () =>
      withCheck({ "main.mjs": good }, { judge, timeoutMs: 1000, confirmTimeoutMs: 3000 }, async (check) => {
        const verdict = await both(check, { "main.mjs": text });
        for (const [key, value] of Object.entries(want))
          assert.deepEqual(verdict[key as keyof Verdict], value, JSON.stringify(verdict));
        assert.equal((await check.screen(submission({ "main.mjs": good }), signal)).status, "passed");
        assert.equal(
          (await check.screen(submission({ "main.mjs": "export const double = (x) => x;" }), signal)).status,
          "failed",
        );
      }),
    );

  js("right", good, { status: "passed", scores: { passed: [1], closeness: [1] }, failing: [], feedback: [] });
  js("half right", "export const double = (x) => Math.abs(x * 2);", {
    status: "failed",
    scores: { passed: [0.5], closeness: [0.8] },
    failing: ["double(-1)"],
  });
  js("right but for the type", "export const double = (x) => String(x * 2);", {
    status: "failed",
    scores: { passed: [0], closeness: [0] },
  });
  js("a boxed number", "export const double = (x) => new Number(x * 2);", { status: "failed" });
  js("asynchronous", "export const double = async (x) => { await null; return x * 2; };", { status: "passed" });
  js("a thenable after a timer", "export const double = (x) => ({ then(done) { setTimeout(done, 5, x * 2); } });", {
    status: "passed",
  });
  js("throws", "export const double = () => { throw new RangeError('no'); };", {
    status: "failed",
    scores: { passed: [0], closeness: [0] },
  });
  js("throws what cannot be decoded", "export const double = () => { throw new Error('100% \\ud800'); };", {
    status: "failed",
  });
  js("throws null", "export const double = () => { throw null; };", { status: "failed" });
  js("no such export", "export const single = 1;", { status: "failed" });
  js("syntax error", "export const double = (x => x;", { status: "error", scores: { passed: [0] } });
  js("throws while it loads", "throw new Error('loading'); export const double = 1;", { status: "error" });
  js("missing import", "import { x } from './nowhere.mjs'; export const double = x;", { status: "error" });
  js("loops for ever", "export const double = (x) => { for (;;); };", { status: "timeout", scores: { passed: [0] } });
  js("loops for ever while it loads", "for (;;); export const double = 1;", { status: "timeout" });
  js("loops for ever in microtasks", "export const double = async (x) => { for (;;) await null; };", {
    status: "timeout",
  });
  js(
    "loops for ever in timers",
    "export const double = (x) => new Promise(() => { const go = () => setTimeout(go); go(); });",
    { status: "timeout" },
  );
  js("never answers", "export const double = () => new Promise(() => {});", { status: "timeout" });
  js("recurses without end", "export const double = (x) => double(x);", { status: "failed" });
  js("ends the process", "import { exit } from 'node:process'; export const double = (x) => exit(0);", {
    status: "error",
  });
  js("prints rubbish", "export const double = (x) => { console.log('{\"id\":0}'); return x * 2; };", {
    status: "passed",
  });
  js("an error nobody catches", "export const double = (x) => { Promise.reject(new Error('left')); return x * 2; };", {
    status: "failed",
    scores: { passed: [1], closeness: [1] },
  });
  js("returns a cycle", "export const double = () => { const a = []; a.push(a); return a; };", { status: "failed" });
  js(
    "poisons built-ins",
    "Array.prototype.every = () => true; JSON.stringify = () => '4'; JSON.parse = () => 4; Object.is = () => true; Array.prototype.toJSON = () => 4; export const double = (x) => x;",
    { status: "failed", scores: { passed: [0], closeness: [0.8] } },
  );
  js(
    "poisons built-ins of the host through Node's own modules",
    "import fs from 'node:fs'; fs.readFileSync = () => good; export const double = (x) => x * 2;",
    { status: "passed" },
  );
  js(
    "leaves its realm and breaks the lane for those after it",
    "const host = queueMicrotask.constructor('return globalThis')(); host.JSON.stringify = () => 'null'; host.Array.isArray = () => false; export const double = (x) => x;",
    { status: "failed" },
  );

  test("a forged message is tampering", () =>
    withCheck({ "main.mjs": good }, { judge }, async (check) => {
      const forging =
        "import { writeSync } from 'node:fs'; writeSync(3, JSON.stringify({ case: 0, outcome: { returns: 4 } }) + '\\n'); export const double = (x) => x;";
      assert.equal((await check.confirm(submission({ "main.mjs": forging }), signal)).status, "tampered");
    }));

  test("many at once, with hangs and exits among them: everyone gets the own verdict", () =>
    withCheck({ "main.mjs": good }, { judge, timeoutMs: 400 }, async (check) => {
      const kinds = [
        ["passed", good],
        ["failed", "export const double = (x) => x + 2;"],
        ["passed", "export const double = async (x) => x + x;"],
        ["timeout", "export const double = async (x) => { for (;;) await null; };"],
        ["error", "import { exit } from 'node:process'; export const double = (x) => exit(0);"],
        [
          "failed",
          "globalThis.constructor.prototype.x = 1; Array.prototype.push = () => 0; export const double = (x) => x;",
        ],
      ] as const;
      const verdicts = await Promise.all(
        Array.from({ length: 120 }, async (_, i) => {
          const [want, text] = kinds[i % 40 < 36 ? i % 3 : 2 + (i % 4)] ?? kinds[0];
          return [want, (await check.screen(submission({ "main.mjs": `${text}// ${i}` }), signal)).status];
        }),
      );
      for (const [want, status] of verdicts) assert.equal(status, want);
    }));

  test("values of every kind", () => {
    const values = [
      null,
      true,
      "text\u2028",
      0.1,
      [],
      {},
      { a: [1, { b: null }] },
      { $: "undefined" },
      { $: "NaN" },
      { $: "Infinity" },
      { $: "-Infinity" },
      { $: "-0" },
      { $: "bigint", v: "12345678901234567890" },
      {
        $: "Map",
        v: [
          ["k", [1]],
          [2, "v"],
        ],
      },
      { $: "Set", v: [1, "a"] },
      { $: "Date", v: "2020-02-29T12:00:00.000Z" },
      { $: "RegExp", v: ["a+", "gi"] },
      { $: "object", v: [["$", 1]] },
    ];
    const cases: FunctionCase[] = values.map((value, index) => ({
      name: `value ${index}`,
      call: "same",
      args: [value],
      returns: value,
      argsAfter: [value],
    }));
    const kinds: FunctionCase = {
      call: "kinds",
      args: [[1], { $: "Map", v: [] }, { $: "Date", v: "2020-01-01T00:00:00.000Z" }, {}],
      returns: [true, true, true, true],
    };
    const text =
      "export const same = (x) => x;\nexport const kinds = (a, m, d, o) => [a instanceof Array, m instanceof Map, d instanceof Date, o instanceof Object];\n";
    return withCheck(
      { "main.mjs": text },
      { judge: { module: "main.mjs", cases: [...cases, kinds] } },
      async (check) => {
        assert.deepEqual((await both(check, {})).feedback, []);
        assert.deepEqual(
          (await both(check, { "main.mjs": text.replace("(x) => x;", "(x) => structuredClone(x);") })).feedback,
          [],
        );
      },
    );
  });

  test("errors by name, arguments afterwards, tolerance, repeated names", () => {
    const cases: FunctionCase[] = [
      { call: "check", args: [-1], throws: "RangeError" },
      { call: "sorted", args: [[2, 1]], returns: [1, 2], argsAfter: [[2, 1]] },
      { call: "third", args: [], returns: 0.333333, tolerance: 1e-5 },
      { call: "third", args: [], returns: 0.333333 },
    ];
    const text =
      "export function check(x) { if (x < 0) throw new RangeError('negative'); }\nexport const sorted = (a) => a.toSorted();\nexport const third = () => 1 / 3;\n";
    return withCheck({ "main.mjs": text }, { judge: { module: "main.mjs", cases } }, async (check) => {
      assert.deepEqual((await both(check, {})).failing, ["third() #2"]);
      const mutating = await both(check, {
        "main.mjs": text.replace("toSorted", "sort").replace("RangeError", "TypeError"),
      });
      assert.deepEqual(mutating.failing, ["check(-1)", "sorted([2,1])", "third() #2"]);
      const feedback = mutating.feedback.find((item) => item.name === "check(-1)");
      assert.deepEqual(
        [feedback?.path, feedback?.line, feedback?.expected, feedback?.actual],
        ["main.mjs", 1, "throws RangeError", "throws TypeError"],
      );
    });
  });

  test("TypeScript, several files, JSON, a package, and CommonJS", async () => {
    const project = {
      "package.json": '{"type":"module"}',
      "src/main.ts":
        "import { scale } from './scale.ts';\nimport type { Unit } from './types.ts';\nimport sizes from '../sizes.json' with { type: 'json' };\nimport { half } from 'pkg';\nexport function size(unit: Unit): number { return half(scale(sizes[unit])); }\n",
      "src/scale.ts": "export const scale = (x: number): number => x * 10;\n",
      "src/types.ts": "export type Unit = 'a' | 'b';\n",
      "sizes.json": '{"a":1,"b":2}',
      "node_modules/pkg/package.json": '{"name":"pkg","type":"module","exports":"./index.js"}',
      "node_modules/pkg/index.js": "export const half = (x) => x / 2;\n",
      "old/main.cjs": "const { plus } = require('./plus');\nmodule.exports = { add: (a, b) => plus(a, b) };\n",
      "old/plus.cjs": "exports.plus = (a, b) => a + b;\n",
    };
    await withCheck(
      project,
      { judge: { module: "src/main.ts", cases: [{ call: "size", args: ["b"], returns: 10 }] } },
      async (check) => {
        assert.equal((await both(check, {})).status, "passed");
        assert.equal(
          (await both(check, { "src/scale.ts": "export const scale = (x: number): number => x * 9;" })).status,
          "failed",
        );
        assert.equal(
          (await both(check, { "src/scale.ts": "export const scale = (x: number): number => x *;" })).status,
          "error",
        );
      },
    );
    await withCheck(
      { ...project, "old/main.cjs": project["old/main.cjs"].replace("./plus", "./plus.cjs") },
      { judge: { module: "old/main.cjs", cases: [{ call: "add", args: [1, 2], returns: 3 }] } },
      async (check) => {
        assert.equal((await both(check, {})).status, "passed");
        assert.equal((await both(check, { "old/plus.cjs": "exports.plus = (a, b) => a - b;" })).status, "failed");
      },
    );
  });

  test("a time limit never falls into the stripping of types, which it would break for all candidates after it", () => {
    const add = (body: string): string => `export function add(a: number, b: number): number { ${body} }\n`;
    const judge = { module: "add.ts", cases: [{ call: "add", args: [1, 2], returns: 3 }] };
    // Shorter than the first stripping of a process takes, anywhere.
    return withCheck({ "add.ts": add("return a - b;") }, { judge, lanes: 1, timeoutMs: 15 }, async (check) => {
      const statuses: string[] = [];
      for (let i = 0; i < 12; i++)
        statuses.push(
          (
            await check.screen(
              submission({ "add.ts": add(i % 3 === 0 ? "for (;;);" : `return a + b + ${(i % 3) - 1};`) }),
              signal,
            )
          ).status,
        );
      // A busy machine may be too slow for 15 ms; a candidate that loads must never be one that does not.
      assert.ok(!statuses.includes("error"), statuses.join(" "));
    });
  });

  test("when it is closed, whoever waits is told, and whoever comes later", () => {
    const judge = { module: "main.mjs", cases: [{ call: "double", args: [1], returns: 2 }] };
    return withCheck({ "main.mjs": good }, { judge, lanes: 1, timeoutMs: 5000 }, async (check) => {
      await check.screen(submission({}), signal);
      const endless = submission({ "main.mjs": "export const double = () => { for (;;) {} };" });
      // One is being judged, the others stand behind it.
      const waiting = Promise.allSettled([1, 2, 3].map(() => check.screen(endless, signal)));
      await check.close();
      for (const { status } of await waiting) assert.equal(status, "rejected");
      await assert.rejects(check.screen(submission({}), signal), /closed before/);
    });
  });

  test("a property of a frozen file", () => {
    const project = {
      "main.mjs": good,
      "property.mjs":
        "import { double } from './main.mjs';\nexport const isEven = (x) => double(x) % 2 === 0 && double(x) >= x;\n",
    };
    return withCheck(project, { judge: { property: "property.mjs#isEven", args: [[1], [7], [0]] } }, async (check) => {
      assert.equal((await both(check, {})).status, "passed");
      assert.deepEqual((await both(check, { "main.mjs": "export const double = (x) => x * 3;" })).failing, [
        "isEven(1)",
        "isEven(7)",
      ]);
    });
  });

  test("traces tell the lines of each case, of the one that hangs too", () => {
    const text =
      "export function sign(x) {\n  if (x < 0) {\n    return -1;\n  }\n  while (x === 7) {\n    x = 7;\n  }\n  return 2;\n}\n";
    const cases: FunctionCase[] = [
      { call: "sign", args: [-5], returns: -1 },
      { call: "sign", args: [5], returns: 1 },
      { call: "sign", args: [7], returns: 1 },
    ];
    return withCheck({ "main.mjs": text }, { judge: { module: "main.mjs", cases }, timeoutMs: 300 }, async (check) => {
      const traces = await check.trace({ files: {} }, ["main.mjs"]);
      assert.deepEqual(
        traces.map((item) => item.passed),
        [true, false, false],
      );
      const lines = traces.map((item) => item.hits["main.mjs"] ?? []);
      assert.ok(lines[0]?.includes(3) && !lines[0].includes(8), String(lines[0]));
      assert.ok(lines[1]?.includes(8) && !lines[1].includes(3) && !lines[1].includes(6), String(lines[1]));
      assert.ok(lines[2]?.includes(6), String(lines[2]));
    });
  });

  test("an abort ends the wait, and no cases is wrong use", () =>
    withCheck({ "main.mjs": good }, { judge }, async (check) => {
      await assert.rejects(check.screen(submission({}), AbortSignal.abort(new Error("enough"))), /enough/);
      const stop = new AbortController();
      const promise = check.confirm(submission({ "main.mjs": "for (;;);" }), stop.signal);
      setTimeout(() => stop.abort(new Error("enough")), 50);
      await assert.rejects(promise, /enough/);
      assert.throws(
        () =>
          new FunctionCheck({
            sandbox,
            snapshot: { root: "/", base: "/", dependencies: [], files: [], hash: "" },
            judge: { module: "x.js", cases: [] },
          }),
        UsageError,
      );
    }));
});

describe("function check, Python", { skip: skip || noPython }, () => {
  const judge = { module: "main.py", cases: DOUBLE };
  const good = "def double(x):\n    return x * 2\n";
  const py = (name: string, text: string, want: Partial<Verdict>) =>
    test(name, () =>
      withCheck({ "main.py": good }, { judge, timeoutMs: 1000, confirmTimeoutMs: 3000 }, async (check) => {
        const verdict = await both(check, { "main.py": text });
        for (const [key, value] of Object.entries(want))
          assert.deepEqual(verdict[key as keyof Verdict], value, JSON.stringify(verdict));
        assert.equal((await check.screen(submission({ "main.py": good }), signal)).status, "passed");
        assert.equal(
          (await check.screen(submission({ "main.py": "def double(x):\n    return x\n" }), signal)).status,
          "failed",
        );
      }),
    );

  py("right", good, { status: "passed", scores: { passed: [1], closeness: [1] }, failing: [], feedback: [] });
  py("half right", "def double(x):\n    return abs(x * 2)\n", {
    status: "failed",
    scores: { passed: [0.5], closeness: [0.8] },
    failing: ["double(-1)"],
  });
  py("right but for the type", "def double(x):\n    return str(x * 2)\n", {
    status: "failed",
    scores: { passed: [0], closeness: [0] },
  });
  py("a float of the same value", "def double(x):\n    return x * 2.0\n", { status: "passed" });
  py("asynchronous", "import asyncio\nasync def double(x):\n    await asyncio.sleep(0)\n    return x * 2\n", {
    status: "passed",
  });
  py("raises", "def double(x):\n    raise ValueError('no')\n", { status: "failed" });
  py("no such function", "single = 1\n", { status: "failed" });
  py("syntax error", "def double(x)\n    return x\n", { status: "error" });
  py("missing import", "import nowhere_at_all\ndef double(x):\n    return x * 2\n", { status: "error" });
  py(
    "loops for ever",
    "def double(x):\n    while True:\n        try:\n            pass\n        except BaseException:\n            pass\n",
    { status: "timeout" },
  );
  py("loops for ever in C", "def double(x):\n    return sum(iter(int, 1))\n", { status: "timeout" });
  py("waits for ever", "import asyncio\nasync def double(x):\n    await asyncio.get_running_loop().create_future()\n", {
    status: "timeout",
  });
  py("recurses without end", "def double(x):\n    return double(x)\n", { status: "failed" });
  py("leaves the process", "import os\ndef double(x):\n    os._exit(0)\n", { status: "error" });
  py("exits politely", "import sys\ndef double(x):\n    sys.exit(0)\n", { status: "failed" });
  py("prints rubbish", "import sys\ndef double(x):\n    print('{}'); sys.stderr.write('x')\n    return x * 2\n", {
    status: "passed",
  });
  py(
    "poisons built-ins",
    "import builtins, json\nbuiltins.len = lambda x: 4\nbuiltins.isinstance = lambda a, b: True\njson.dumps = lambda *a, **k: 'null'\ndef double(x):\n    return x\n",
    { scores: { passed: [0] } },
  );

  test("a forged message is tampering", () =>
    withCheck({ "main.py": good }, { judge }, async (check) => {
      const forging =
        "import os, json\nos.write(3, (json.dumps({'case': 0, 'outcome': {'returns': 4}}) + chr(10)).encode())\ndef double(x):\n    return x\n";
      assert.equal((await check.confirm(submission({ "main.py": forging }), signal)).status, "tampered");
    }));

  test("values of every kind, several files, packages, arguments afterwards", () => {
    const values = [
      null,
      true,
      "text",
      0.1,
      [],
      {},
      { a: [1] },
      { $: "NaN" },
      { $: "Infinity" },
      { $: "-0" },
      { $: "bigint", v: "12345678901234567890" },
      { $: "tuple", v: [1, [2]] },
      { $: "set", v: [1, 2] },
      {
        $: "dict",
        v: [
          [1, "a"],
          [{ $: "tuple", v: [1, 2] }, "b"],
        ],
      },
    ];
    const cases: FunctionCase[] = values.map((value, index) => ({
      name: `value ${index}`,
      call: "same",
      args: [value],
      returns: value,
    }));
    const project = {
      "lib/__init__.py": "",
      "lib/main.py":
        "from .helper import add_one\nimport tools\ndef same(x):\n    return x\ndef bump(items):\n    return [add_one(i) for i in tools.ordered(items)]\n",
      "lib/helper.py": "def add_one(x):\n    return x + 1\n",
      "tools.py": "def ordered(items):\n    return sorted(items)\n",
    };
    const more: FunctionCase[] = [
      { call: "bump", args: [[2, 1]], returns: [2, 3], argsAfter: [[2, 1]] },
      { call: "same", args: [[1]], returns: { $: "tuple", v: [1] } },
      { call: "same", args: [1], returns: true },
    ];
    return withCheck(project, { judge: { module: "lib/main.py", cases: [...cases, ...more] } }, async (check) => {
      assert.deepEqual((await both(check, {})).failing, ["same(1)", "same([1])"]);
      const changed = await both(check, {
        "lib/helper.py": "def add_one(x):\n    return x + 2\n",
        "tools.py": "def ordered(items):\n    items.sort()\n    return items\n",
      });
      assert.deepEqual(changed.failing, ["bump([2,1])", "same(1)", "same([1])"]);
    });
  });

  test("traces tell the lines of each case, of the one that hangs too", () => {
    const text = "def sign(x):\n    if x < 0:\n        return -1\n    while x == 7:\n        x = 7\n    return 2\n";
    const cases: FunctionCase[] = [
      { call: "sign", args: [-5], returns: -1 },
      { call: "sign", args: [5], returns: 1 },
      { call: "sign", args: [7], returns: 1 },
    ];
    return withCheck({ "main.py": text }, { judge: { module: "main.py", cases }, timeoutMs: 300 }, async (check) => {
      const traces = await check.trace({ files: {} }, ["main.py"]);
      assert.deepEqual(
        traces.map((item) => [item.passed, (item.hits["main.py"] ?? []).filter((line) => line > 1)]),
        [
          [true, [2, 3]],
          [false, [2, 4, 6]],
          [false, [2, 4, 5]],
        ],
      );
    });
  });
});
