import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { adapterFor } from "./adapters.ts";
import { runBaseline } from "./baseline.ts";
import { TestSuiteCheck } from "./check.ts";
import { hasPytest } from "./discover-python.ts";
import { openProject, tenTestProject } from "./fixture-project.ts";
import type { RunnerAdapter } from "./types.ts";

const candidate = { id: "c", changes: [], parents: [], origin: { proposer: "test", summary: "" } };
const signal = new AbortController().signal;
/** Far longer than any test here may take: what waits for it does not end. */
const FOREVER_MS = 3_600_000;

test("files that only load after others are collected together", async (t: TestContext) => {
  if (!hasPytest()) return t.skip("pytest not found");
  // Collecting src with --doctest-modules is what puts it on the path of the tests.
  await using project = await openProject({
    "pytest.ini": "[pytest]\naddopts = --doctest-modules\ntestpaths = src tests\n",
    "src/shop/__init__.py": "def total(prices):\n    return sum(prices) + 1\n",
    "src/shop/other.py": 'def twice(n):\n    """\n    >>> twice(2)\n    4\n    """\n    return 2 * n\n',
    "tests/test_shop.py": "from shop import total\n\ndef test_total():\n    assert total([1, 2]) == 3\n",
  });
  const { check, baseline, coldReason } = await TestSuiteCheck.create(project.context, adapterFor("pytest"), {
    lanes: 1,
  });
  t.after(() => check.close());
  assert.equal(coldReason, null);
  assert.deepEqual(baseline.failing, ["tests/test_shop.py > test_total"]);
  const files = { "src/shop/__init__.py": "def total(prices):\n    return sum(prices)\n" };
  assert.equal((await check.screen({ candidate, files }, signal)).status, "passed");
});

for (const language of ["javascript", "python"] as const) {
  test(`${language}: a test that hangs costs the wait for one result, and the results before it are kept`, async (t) => {
    if (language === "python" && !hasPytest()) return t.skip("pytest not found");
    const { files, command, source, variants } = tenTestProject(language);
    const right = variants.at(-1) ?? "";
    await using project = await openProject({ ...files, [source]: right }, command);
    const adapter = adapterFor(language === "python" ? "pytest" : "node:test");
    const { report } = await runBaseline(project.context, adapter);
    const warm = await adapter.startWarm?.(project.context, report);
    if (warm === undefined || "reason" in warm) throw new Error(warm?.reason);
    t.after(() => warm.close());
    const hangs =
      language === "python"
        ? right.replace("for _ in", "while b == 2: pass\n    for _ in")
        : right.replace("let total", "while (b === 2);\n  let total");
    const silent = await warm.run({ files: { [source]: hangs }, timeoutMs: FOREVER_MS, silenceMs: 2000 });
    assert.ok(silent.timedOut && !silent.complete);
    assert.ok(silent.tests.length > 0 && silent.tests.every(({ status }) => status === "passed"));
    assert.equal((await warm.run({ files: {}, timeoutMs: FOREVER_MS, silenceMs: 60_000 })).tests.length, 10);
  });
}

test("the user's command runs once for the baseline when the warm suite agrees, and held-out tests are not run again", async (t) => {
  const { files, command, source, broken, variants } = tenTestProject("javascript");
  await using project = await openProject({ ...files, [source]: broken }, command);
  let runs = 0;
  const real = adapterFor("node:test");
  const counting: RunnerAdapter = {
    ...real,
    runClean: (...request) => {
      runs++;
      return real.runClean(...request);
    },
  };
  const holdOut = () => ["test/calc.test.js > add 3"];
  const { check, baseline } = await TestSuiteCheck.create(project.context, counting, { lanes: 1, holdOut });
  t.after(() => check.close());
  assert.deepEqual([runs, baseline.settled], [1, true]);
  const submission = { candidate, files: { [source]: variants.at(-1) ?? "" } };
  assert.equal((await check.confirm(submission, signal)).status, "passed");
  assert.equal((await check.runHeldOut(submission, signal)).status, "passed");
  // The baseline, the candidate, and both once more with the changed module in a process of its own.
  assert.equal(runs, 4);
});

test("a command that the shell cannot start is wrong use, not a failing test", async () => {
  await using project = await openProject({ "a.txt": "" }, "no-such-program-here --check");
  await assert.rejects(runBaseline(project.context, adapterFor("exit-code")), {
    name: "UsageError",
    message: /cannot run: .*not found/,
  });
});

test("pytest names that differ in spaces alone are numbered alike in clean and warm runs", async (t) => {
  if (!hasPytest()) return t.skip("pytest not found");
  await using project = await openProject({
    "test_a.py":
      'import pytest\n\n@pytest.mark.parametrize("text", [" a", "a ", "a", "b"])\ndef test_bare(text):\n    assert text != "a "\n',
  });
  const { check, baseline, coldReason } = await TestSuiteCheck.create(project.context, adapterFor("pytest"), {
    lanes: 1,
  });
  t.after(() => check.close());
  assert.equal(coldReason, null);
  assert.deepEqual(baseline.failing, ["test_a.py > test_bare[a ]"]);
  assert.equal(baseline.passing.length, 3);
});

test("a candidate that changes builtins, core modules, globals or leaves timers does not spoil the next one", async (t) => {
  const { files, command, source, variants } = tenTestProject("javascript");
  const right = variants.at(-1) ?? "";
  await using project = await openProject({ ...files, [source]: right }, command);
  const adapter = adapterFor("node:test");
  const { report } = await runBaseline(project.context, adapter);
  const warm = await adapter.startWarm?.(project.context, report);
  if (warm === undefined || "reason" in warm) throw new Error(warm?.reason);
  t.after(() => warm.close());
  const passed = async (text: string) => {
    const { tests } = await warm.run({ files: { [source]: text }, timeoutMs: FOREVER_MS, silenceMs: 60_000 });
    return tests.filter(({ status }) => status === "passed").length;
  };
  // Each looks for what the others leave behind.
  const looks = `${right}import fs from "node:fs";
const marks = [[].pawlMark, globalThis.pawlMark, fs.pawlMark, process.getActiveResourcesInfo().includes("Timeout") || undefined];
if (marks.some((mark) => mark !== undefined)) throw new Error("marked");\n`;
  assert.equal(await passed(looks), 10);
  for (const mark of [
    "Array.prototype.pawlMark = 1;",
    "globalThis.pawlMark = 1;",
    "fs.pawlMark = 1;",
    "setInterval(() => {}, 1000);",
    "process.chdir('/');",
    "process.env.PAWL_MARK = 'x';",
    'fs.writeSync(3, "null\\n7\\nno JSON\\n");',
  ]) {
    await passed(`${right}import fs from "node:fs";\n${mark}\n`);
    assert.equal(await passed(looks), 10, mark);
  }
});
