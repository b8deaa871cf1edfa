import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Target } from "@pawl/core";
import { openSandbox } from "./open-sandbox.ts";
import type { Sandbox } from "./sandbox.ts";
import { removeSnapshot, takeSnapshot, type ProjectSnapshot } from "./snapshot.ts";
import { CPU, SpeedCheck } from "./timing.ts";
import { growthOf } from "./timing-growth.ts";
import { familyLike } from "./timing-inputs.ts";
import { type Arguments, MeasuredProcess } from "./timing-process.ts";

const JS = `export function common(a, b) {
  const out = [];
  for (const item of a) if (b.includes(item)) out.push(item);
  return out;
}
`;
const PYTHON = `def common(a, b):
    return [item for item in a if item in b]
`;
const EXAMPLES = [
  [
    [3, 1, 2, 3],
    [2, 3, 9],
  ],
];
const signal = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "pawl-timing-"));
let sandbox: Sandbox;
let snapshot: ProjectSnapshot;

before(async () => {
  writeFileSync(join(folder, "common.js"), JS);
  writeFileSync(join(folder, "common.py"), PYTHON);
  writeFileSync(join(folder, "clock.js"), "export const now = (n) => n + Date.now() + Math.random();\n");
  writeFileSync(
    join(folder, "fragile.js"),
    "import { abort } from 'node:process';\nexport const twice = (n) => (n > 1000 ? abort() : n * 2);\n",
  );
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  sandbox = await openSandbox();
  snapshot = await takeSnapshot(folder);
});
after(async () => {
  await removeSnapshot(snapshot);
  rmSync(folder, { recursive: true });
});

function checkOf(module: string, call = "common"): SpeedCheck {
  return new SpeedCheck({
    measured: { sandbox, snapshot, module, call },
    examples: EXAMPLES,
    family: familyLike(EXAMPLES),
    constants: [],
    seed: 1,
    calls: 60,
    groupMs: 10,
  });
}

async function judge(check: SpeedCheck, module: string, text: string) {
  const target = new Target({ [module]: module.endsWith(".py") ? PYTHON : JS }, "tree");
  return check.confirm({ candidate: target.base, files: { [module]: text } }, signal);
}

const SAME: readonly (readonly [name: string, module: string, text: string])[] = [
  [
    "a set in JavaScript",
    "common.js",
    "export const common = (a, b) => { const s = new Set(b); return a.filter((x) => s.has(x)); };",
  ],
  ["a set in Python", "common.py", "def common(a, b):\n    s = set(b)\n    return [x for x in a if x in s]\n"],
];
const OTHER: readonly (readonly [name: string, module: string, text: string])[] = [
  ["another value", "common.js", "export const common = (a, b) => [...new Set(a.filter((x) => b.includes(x)))];"],
  ["an argument changed", "common.js", `${JS.replace("const out", "a.sort(); const out")}`],
  [
    "the argument itself returned",
    "common.js",
    "export const common = (a, b) => a.every((x) => b.includes(x)) ? a : a.filter((x) => b.includes(x));",
  ],
  [
    "one array shared by all calls",
    "common.js",
    `const known = new Map();\n${JS.replace("common", "slow")}\nexport function common(a, b) { const k = JSON.stringify([a, b]); if (!known.has(k)) known.set(k, slow(a, b)); return known.get(k); }`,
  ],
  [
    "a proxy that works later",
    "common.js",
    "export const common = (a, b) => new Proxy([], { get: (_, n) => a.filter((x) => b.includes(x))[n] });",
  ],
  [
    "getters that work later",
    "common.js",
    "export const common = (a, b) => { const r = []; a.filter((x) => b.includes(x)).forEach((x, i) => Object.defineProperty(r, i, { get: () => x, enumerable: true })); return r; };",
  ],
  [
    "small inputs right, large ones wrong",
    "common.js",
    `${JS.replace("const out = [];", "const out = []; if (a.length > 100) return out;")}`,
  ],
  ["floats for integers", "common.py", "def common(a, b):\n    return [float(x) for x in a if x in b]\n"],
  ["a tuple for a list", "common.py", "def common(a, b):\n    return tuple(x for x in a if x in b)\n"],
  ["the end of the process", "common.js", "export function common() { process.exit(0); }"],
  [
    "an answer of its own",
    "common.js",
    `import { writeSync } from "node:fs"; writeSync(3, '{"outcomes":[]}\\n'); ${JS}`,
  ],
];

test("a rewrite that does the same passes, and its time is lower where it does less", async () => {
  for (const [name, module, text] of SAME) {
    const check = checkOf(module);
    const plan = await check.prepare(signal);
    const verdict = await judge(check, module, text);
    assert.equal(verdict.status, "passed", `${name}: ${JSON.stringify(verdict.feedback)}`);
    assert.ok((verdict.scores[CPU]?.[0] as number) > 0);
    assert.equal(plan.groups.length, 3);
  }
});

test("whatever can be observed to differ fails", async () => {
  const checks = { "common.js": checkOf("common.js"), "common.py": checkOf("common.py") };
  for (const check of Object.values(checks)) await check.prepare(signal);
  for (const [name, module, text] of OTHER) {
    const verdict = await judge(checks[module as keyof typeof checks], module, text);
    assert.notEqual(verdict.status, "passed", name);
    assert.deepEqual(verdict.scores, {}, name);
  }
});

/** Kills all boxes of this process, as another program of the machine may. */
function killBoxes(): void {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
  for (const launcher of children) process.kill(-Number(launcher), "SIGKILL");
}

const linux = { skip: process.platform === "linux" ? false : "reads /proc" };

test("a box that was killed from outside is measured once more, and only once", linux, async () => {
  const measured = { sandbox, snapshot, module: "common.js", call: "common" };
  const call = EXAMPLES[0] as Arguments;
  for (const [kills, wanted] of [
    [1, "answers"],
    [2, "the process ended with SIGKILL: it said nothing"],
  ] as const) {
    let tries = 0;
    const answers = MeasuredProcess.use(measured, {}, signal, (used) => {
      if (tries++ < kills) killBoxes();
      return used.calls([call], 0, 10_000);
    });
    const said = await answers.then(
      () => "answers",
      (error: Error) => error.message,
    );
    assert.equal(said, wanted);
    assert.equal(tries, 2);
  }
});

test("a function that ends its own process is not asked again", async () => {
  const measured = { sandbox, snapshot, module: "fragile.js", call: "twice" };
  let tries = 0;
  const answers = MeasuredProcess.use(measured, {}, signal, (used) => {
    tries++;
    return used.calls([[5000]], 0, 10_000);
  });
  await assert.rejects(answers, /the process ended with exit code 134/);
  assert.equal(tries, 1);
});

test("what ends the base's own process is not asked for", async () => {
  const examples = [[3], [7]];
  const check = new SpeedCheck({
    measured: { sandbox, snapshot, module: "fragile.js", call: "twice" },
    examples,
    family: familyLike(examples),
    constants: [5_000],
    seed: 1,
    calls: 60,
    groupMs: 10,
  });
  await check.prepare(signal);
  const same = await check.compareFresh({ "fragile.js": "export const twice = (n) => n + n;" }, "last", 200, signal);
  assert.ok(same.calls >= examples.length && same.difference === null);
  const wrong = { "fragile.js": "export const twice = (n) => n + n + (n === 4 ? 1 : 0);" };
  assert.ok((await check.compareFresh(wrong, "last", 200, signal)).difference !== null);
});

test("a function that does not repeat itself is refused", async () => {
  const check = checkOf("clock.js", "now");
  await assert.rejects(check.prepare(signal), /does not do the same twice/);
});

test("the profile puts most samples on the line that takes the time", async () => {
  for (const [module, line] of [
    ["common.js", 3],
    ["common.py", 2],
  ] as const) {
    const check = checkOf(module);
    await check.prepare(signal);
    const heat = await check.profile(5, signal);
    assert.equal(heat.indexOf(Math.max(...heat)), line - 1, `${module}: ${heat.join()}`);
  }
});

test("the growth exponent of a power law is its power", () => {
  const points = [10, 20, 40, 80].flatMap((size) =>
    ["a", "b"].map((level) => ({ level, size, cpuMs: (level === "a" ? 1 : 3) * size ** 2 })),
  );
  const growth = growthOf(points);
  assert.ok(growth !== null && Math.abs(growth.exponent - 2) < 1e-9);
  assert.equal(growthOf(points.filter((point) => point.size < 40)), null);
});
