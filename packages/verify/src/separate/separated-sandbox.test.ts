import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { DEFAULT_LIMITS } from "../default-limits.ts";
import { openSandbox } from "../open-sandbox.ts";
import { probeSandbox } from "../probe-sandbox.ts";
import { removeSnapshot, takeSnapshot } from "../snapshot.ts";
import { findOnPath } from "../toolchain.ts";
import { separate } from "./separated-sandbox.ts";

const skip = (await probeSandbox()).some((probe) => probe.works) ? false : "no sandbox works here";
const python = { skip: skip || (findOnPath("python3") === null ? "python3 not found" : false) };

/** Runs a program that uses a module, with the module's candidate text in a process of its own; gives what the program prints. */
async function told(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  candidate: Readonly<Record<string, string>>,
  argv: readonly string[],
): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "pawl-separate-"));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  const snapshot = await takeSnapshot(root);
  t.after(async () => {
    await removeSnapshot(snapshot);
    rmSync(root, { recursive: true });
  });
  const sandbox = separate(await openSandbox(), ["secret.txt"]);
  const result = await sandbox.run({ snapshot, files: candidate }, { argv }, { ...DEFAULT_LIMITS, wallMs: 20_000 });
  return result.stdout + result.stderr;
}

const USE = `import * as all from "./main.mjs";
const { round, later, sorted, fail, make, LIMITS, Own } = all;
console.log(JSON.stringify(round({ a: [1, null, -0], m: new Map([["k", new Set([1n])]]), d: new Date(0), u: undefined }), (_, v) => v instanceof Map ? [...v] : v instanceof Set ? [...v].map(String) : v));
console.log(later(1) instanceof Promise, await later(1), LIMITS.max);
const list = [3, 1, 2];
console.log(sorted(list).join(), list.join());
try { fail(); } catch (error) { console.log(error instanceof Own, error instanceof RangeError, error.message, error.code); }
try { make(() => 1); } catch (error) { console.log(error.message); }
try { make(1); } catch (error) { console.log(error.message); }
console.log(all.default(2));
`;
const MAIN = `export class Own extends RangeError { constructor(text) { super(text); this.code = 7; } }
export const LIMITS = { max: 3 };
export const round = (x) => x;
export const later = async (x) => x + 1;
export const sorted = (x) => x.sort();
export const fail = () => { throw new Own("no"); };
export const make = (x) => (typeof x === "function" ? x : () => x);
export default function (x) { return x * 2; }
`;

test(
  "plain data goes both ways: values, promises, changed arguments, errors of the module's own",
  { skip },
  async (t) => {
    const files = { "main.mjs": MAIN, "use.mjs": USE };
    const lines = (await told(t, files, { "main.mjs": MAIN }, ["node", "use.mjs"])).trim().split("\n");
    assert.deepEqual(lines, [
      '{"a":[1,null,0],"m":[["k",["1"]]],"d":"1970-01-01T00:00:00.000Z"}',
      "true 2 3",
      "1,2,3 1,2,3",
      "true true no 7",
      "a function is not plain data",
      "a function is not plain data",
      "4",
    ]);
  },
);

test("a module that the project does not have is apart, too, of either module system", { skip }, async (t) => {
  const files = {
    "use.mjs":
      'import { f, where } from "./new.mjs";\nimport all from "./new.cjs";\nconsole.log(f(2), all.g(2), where, globalThis.touched);\n',
  };
  const candidate = {
    "new.mjs":
      'import { helper } from "./helper.mjs";\nglobalThis.touched = true;\nexport const f = (x) => helper(x);\nexport const where = "new";\n',
    "helper.mjs": "export const helper = (x) => x * 3;\n",
    "new.cjs": "globalThis.touched = true;\nmodule.exports.g = (x) => x * 4;\n",
  };
  assert.equal(await told(t, files, candidate, ["node", "use.mjs"]), "6 8 new undefined\n");
});

test("the candidate's process sees no hidden file, and cannot reach the program that calls it", { skip }, async (t) => {
  const files = {
    "main.mjs": "export const f = () => 1;\n",
    "secret.txt": "hunter2",
    "use.mjs":
      'import assert from "node:assert/strict";\nimport { f } from "./main.mjs";\nconsole.log(f());\nassert.equal(1, 2);\n',
  };
  const hostile = `import assert from "node:assert/strict"; import fs from "node:fs"; assert.equal = () => {};
export const f = () => fs.readFileSync("secret.txt", "utf8") + Object.keys(process.env).filter((name) => /PAWL/.test(name));`;
  const text = await told(t, files, { "main.mjs": hostile }, ["node", "use.mjs"]);
  assert.match(text, /^\n/);
  assert.match(text, /AssertionError/);
});

test("a candidate that ends its process is an error of the call, and nothing waits for it", { skip }, async (t) => {
  const files = {
    "main.cjs": "exports.f = () => 1;\n",
    "use.cjs": 'try { require("./main.cjs").f(); } catch (error) { console.log(error.message); }\n',
  };
  const calls = { "main.cjs": "exports.f = () => process.exit(0);\n" };
  assert.match(await told(t, files, calls, ["node", "use.cjs"]), /process ended/);
  const loads = { "main.cjs": "process.exit(0);\n" };
  assert.match(await told(t, files, loads, ["node", "use.cjs"]), /process ended/);
});

test("Python: values, errors, changed arguments; no object with a behaviour of its own", python, async (t) => {
  const main = `class Own(ValueError):
    pass
LIMIT = (1, {2, 3})
def same(x, *, plus=0): return x
def add(xs): xs.append(1)
def fail(): raise Own("no", 3)
class Yes:
    def __eq__(self, other): return True
def yes(): return Yes()
async def later(x): return x
`;
  const use = `import asyncio
from main import LIMIT, Own, add, fail, later, same, yes
print(LIMIT, same({1: (2, b"x", 1 << 70, float("inf"))}, plus=1), asyncio.run(later(5)))
xs = []
add(xs)
print(xs)
try:
    fail()
except Own as e:
    print(type(e).__mro__[1].__name__, e.args)
try:
    print(yes() == 4)
except TypeError as e:
    print(e)
`;
  const text = await told(t, { "main.py": main, "use.py": use }, { "main.py": main }, ["python3", "use.py"]);
  assert.deepEqual(text.trim().split("\n"), [
    "(1, {2, 3}) {1: (2, b'x', 1180591620717411303424, inf)} 5",
    "[1]",
    "ValueError ('no', 3)",
    "a Yes is not plain data",
  ]);
});
