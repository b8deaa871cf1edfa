import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { probeSandbox } from "@pawl/verify";
import { applyRun } from "./apply.ts";
import { stateFolder } from "./execute.ts";
import { matrix } from "./matrix.ts";
import { replayRun } from "./resume.ts";

const hasSandbox = (await probeSandbox()).some((probe) => probe.works);

/** Two versions of a package that counts from 0, or from 1; both are in the cache already. */
const VERSIONS: Readonly<Record<string, string>> = {
  "1.0.0": "export const at = (list, place) => list[place];\nexport const nth = at;\n",
  "2.0.0": "export const nth = (list, place) => list[place];\n",
};

function setUp(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pawl-matrix-")));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [version, text] of Object.entries(VERSIONS)) {
    const places = [`cache/pawl/versions/npm/counter@${version}/node_modules/counter`];
    if (version === "1.0.0") places.push("project/node_modules/counter");
    for (const place of places) {
      write(
        `${place}/package.json`,
        JSON.stringify({ name: "counter", version, type: "module", exports: { ".": "./index.js" } }),
      );
      write(`${place}/index.js`, text);
    }
  }
  write("project/package.json", '{ "type": "module", "scripts": { "test": "node --test" } }');
  write(
    "project/lib.js",
    'import * as counter from "counter";\n\nexport function second(list) {\n  return counter.nth === counter.at ? list[1] : counter.nth(list, 2);\n}\n',
  );
  write(
    "project/lib.test.js",
    'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { second } from "./lib.js";\n\ntest("two", () => assert.equal(second(["a", "b"]), "b"));\ntest("three", () => assert.equal(second([1, 2, 3]), 2));\n',
  );
  const before = [process.env["XDG_CACHE_HOME"], process.env["XDG_CONFIG_HOME"]];
  process.env["XDG_CACHE_HOME"] = join(folder, "cache");
  process.env["XDG_CONFIG_HOME"] = join(folder, "config");
  t.after(() => {
    for (const [i, name] of ["XDG_CACHE_HOME", "XDG_CONFIG_HOME"].entries()) {
      if (before[i] === undefined) delete process.env[name];
      else process.env[name] = before[i];
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return join(folder, "project");
}

test("the matrix says which versions pass, and what the others fail by", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  const result = await matrix({ root, dependency: "counter", versions: ["2.0.0", "1.0.0"] });
  assert.equal(result.status, "failed");
  assert.deepEqual(
    result.versions.map(({ version, status, tests }) => [version, status, tests.passed, tests.failed]),
    [
      ["1.0.0", "passed", 2, 0],
      ["2.0.0", "failed", 0, 2],
    ],
  );
  const [, bad] = result.versions;
  assert.deepEqual(
    bad?.failures.map((failure) => [failure.test, failure.class]),
    [
      ["lib.test.js > three", "wrong value"],
      ["lib.test.js > two", "wrong value"],
    ],
  );
  assert.deepEqual(bad?.missing, [{ name: "at", files: ["lib.js"] }]);
  assert.deepEqual([bad?.compared, bad?.exports], ["1.0.0", { gone: 1, added: 0 }]);
});

test("--fix finds a patch that passes with all versions; its run is replayed and applied like any other", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  const result = await matrix({
    root,
    dependency: "counter",
    versions: ["1.0.0", "2.0.0"],
    fix: true,
    seed: 1,
    jobs: 1,
  });
  assert.equal(result.status, "passed");
  assert.equal(result.fix?.status, "fixed");
  assert.deepEqual(result.fix?.tests.before, { passed: 2, failed: 2 });
  const state = stateFolder({ root });
  const replay = await replayRun({ state, run: result.fix?.run as string, recheck: true });
  assert.deepEqual([replay.identical, replay.differences], [true, []]);
  applyRun(state, result.fix?.run as string);
  const after = await matrix({ root, dependency: "counter", versions: ["1.0.0", "2.0.0"] });
  assert.equal(after.status, "passed");
  assert.equal(JSON.parse(readFileSync(join(root, "node_modules/counter/package.json"), "utf8")).version, "1.0.0");
});

test("without versions, the project's own range is needed", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  await assert.rejects(matrix({ root, dependency: "counter" }), /no range of versions is declared for counter/);
  await assert.rejects(
    matrix({ root, dependency: "other", versions: ["1.0.0"], isolation: "none", unsafe: true }),
    /by the sandbox/,
  );
});
