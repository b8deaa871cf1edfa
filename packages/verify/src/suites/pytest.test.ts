import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { hasPytest } from "./discover-python.ts";
import { openProject } from "./fixture-project.ts";
import { pytestAdapter } from "./pytest.ts";
import type { SuiteContext, TestReport, WarmSuite } from "./types.ts";

const TIMEOUT_MS = 60_000;
const CALC = "def add(a, b):\n    return a - b\n\n\ndef unused():\n    return 1\n";
const FILES = {
  "calc.py": CALC,
  "conftest.py": "import pytest\n\n@pytest.fixture\ndef two():\n    return 2\n",
  "tests/test_calc.py": `
import unittest
import pytest
from calc import add

def test_fixture(two):
    assert add(two, 2) == 4

@pytest.mark.parametrize("a,b", [(1, 2), (0, 0)])
def test_pairs(a, b):
    assert add(a, b) == a + b

class TestGroup:
    def test_inside(self):
        pass

    @pytest.mark.skip
    def test_skipped(self):
        pass

    @pytest.mark.xfail
    def test_expected_failure(self):
        assert 0

class Unit(unittest.TestCase):
    def test_equal(self):
        self.assertEqual(add(1, 1), 2)

    def test_parts(self):
        for i in range(2):
            with self.subTest(i=i):
                self.assertEqual(add(i, 0), i)
`,
};
const FIXED = { "calc.py": CALC.replace("a - b", "a + b") };

const statuses = (report: TestReport) => Object.fromEntries(report.tests.map(({ id, status }) => [id, status]));

/** True, after a skip, on a machine without pytest. */
function lacksPytest(t: TestContext): boolean {
  if (hasPytest()) return false;
  t.skip("pytest not found");
  return true;
}

/** A warm suite that ends with the scope. */
async function warmOf(context: SuiteContext): Promise<WarmSuite & AsyncDisposable> {
  const baseline = await pytestAdapter.runClean(context, { files: {}, timeoutMs: TIMEOUT_MS });
  const warm = await pytestAdapter.startWarm?.(context, baseline);
  if (warm === undefined || "reason" in warm) throw new Error(warm?.reason);
  return { run: warm.run.bind(warm), close: warm.close.bind(warm), [Symbol.asyncDispose]: () => warm.close() };
}

test("a clean run reports functions, parameters, classes and unittest cases", async (t) => {
  if (lacksPytest(t)) return;
  await using project = await openProject(FILES);
  const report = await pytestAdapter.runClean(project.context, { files: {}, timeoutMs: TIMEOUT_MS });
  const file = "tests/test_calc.py";
  assert.deepEqual(statuses(report), {
    [`${file} > test_fixture`]: "failed",
    [`${file} > test_pairs[1-2]`]: "failed",
    [`${file} > test_pairs[0-0]`]: "passed",
    [`${file} > TestGroup > test_inside`]: "passed",
    [`${file} > TestGroup > test_skipped`]: "skipped",
    [`${file} > TestGroup > test_expected_failure`]: "skipped",
    [`${file} > Unit > test_equal`]: "failed",
    [`${file} > Unit > test_parts`]: "passed",
  });
  const [first] = report.tests;
  assert.equal(first?.expected, "4");
  assert.equal(first?.actual, "0");
  assert.deepEqual(first?.stack, [{ path: file, line: 7 }]);
  const unit = report.tests.find(({ id }) => id.endsWith("test_equal"));
  assert.deepEqual([unit?.actual, unit?.expected], ["0", "2"]);
  assert.equal(report.complete, true);
  assert.equal(report.exitCode, 1);
});

test("a file that cannot be imported is an error, and the others are still reported", async (t) => {
  if (lacksPytest(t)) return;
  await using project = await openProject({
    ...FILES,
    "tests/test_import.py": "import nowhere\n\ndef test_a():\n    pass\n",
  });
  const report = await pytestAdapter.runClean(project.context, { files: FIXED, timeoutMs: TIMEOUT_MS });
  assert.deepEqual(
    report.errors.map(({ file }) => file),
    ["tests/test_import.py"],
  );
  assert.match(report.errors[0]?.message ?? "", /No module named 'nowhere'/);
  assert.equal(statuses(report)["tests/test_calc.py > test_fixture"], "passed");
});

test("hanging and leaving suites are reported as timed out and incomplete", async (t) => {
  if (lacksPytest(t)) return;
  await using project = await openProject(FILES);
  const hang = await pytestAdapter.runClean(project.context, {
    files: { "calc.py": "while True:\n    pass\n" },
    timeoutMs: 2000,
  });
  assert.deepEqual([hang.timedOut, hang.complete], [true, false]);
  const leave = await pytestAdapter.runClean(project.context, {
    files: { "calc.py": "import os\nos._exit(0)\n" },
    timeoutMs: TIMEOUT_MS,
  });
  assert.deepEqual([leave.timedOut, leave.complete], [false, false]);
});

test("a limit for each test finds the one that loops endlessly", async (t) => {
  if (lacksPytest(t)) return;
  await using project = await openProject(FILES);
  const files = { "calc.py": "def add(a, b):\n    while a == 1:\n        pass\n    return a + b\n" };
  const report = await pytestAdapter.runClean(project.context, { files, testTimeoutMs: 500, timeoutMs: TIMEOUT_MS });
  const failed = report.tests.filter(({ status }) => status === "failed");
  assert.deepEqual(
    failed.map(({ id }) => id.replace(/^.* > /, "")),
    ["test_pairs[1-2]", "test_equal", "test_parts"],
  );
  assert.match(failed[0]?.message ?? "", /timed out/);
});

test("a warm process gives the same outcomes as a clean run", async (t) => {
  if (lacksPytest(t)) return;
  await using project = await openProject(FILES);
  await using warm = await warmOf(project.context);
  const candidates = [
    CALC,
    FIXED["calc.py"],
    CALC,
    CALC.replace("a - b", "a * b"),
    CALC.replace("a - b", "a +"),
    "import nowhere\n",
    "raise SystemExit(0)\n",
    FIXED["calc.py"],
  ];
  for (const text of candidates) {
    const request = { files: { "calc.py": text }, timeoutMs: TIMEOUT_MS };
    const clean = await pytestAdapter.runClean(project.context, request);
    const screened = await warm.run(request);
    assert.deepEqual(statuses(screened), statuses(clean), text);
    assert.deepEqual(
      screened.errors.map(({ file }) => file),
      clean.errors.map(({ file }) => file),
      text,
    );
  }
});

test("changes of what conftest imports are seen by a warm process", async (t) => {
  if (lacksPytest(t)) return;
  const conftest = "import pytest\nfrom calc import add\n\n@pytest.fixture\ndef two():\n    return add(1, 1)\n";
  await using project = await openProject({ ...FILES, "conftest.py": conftest });
  await using warm = await warmOf(project.context);
  const id = "tests/test_calc.py > test_fixture";
  for (const [files, status] of [
    [{}, "failed"],
    [FIXED, "passed"],
    [{}, "failed"],
    [{ ...FIXED, "conftest.py": conftest.replace("add(1, 1)", "3") }, "failed"],
    [FIXED, "passed"],
  ] as const) {
    assert.deepEqual(statuses(await warm.run({ files, tests: [id], timeoutMs: TIMEOUT_MS })), { [id]: status });
  }
});

test("a warm process survives candidates that hang or leave, and goes on", async (t) => {
  if (lacksPytest(t)) return;
  await using project = await openProject(FILES);
  await using warm = await warmOf(project.context);
  const hang = await warm.run({
    files: { "calc.py": "def add(a, b):\n    while True:\n        pass\n" },
    timeoutMs: 400,
  });
  assert.deepEqual([hang.timedOut, hang.complete], [true, false]);
  const leave = await warm.run({ files: { "calc.py": "import os\nos._exit(0)\n" }, timeoutMs: TIMEOUT_MS });
  assert.deepEqual([leave.timedOut, leave.complete], [false, false]);
  const fixed = await warm.run({ files: FIXED, timeoutMs: TIMEOUT_MS });
  assert.equal(fixed.tests.filter(({ status }) => status === "failed").length, 0);
});

test("a warm process runs only the tests asked for, and stops at the first failure", async (t) => {
  if (lacksPytest(t)) return;
  await using project = await openProject(FILES);
  await using warm = await warmOf(project.context);
  const id = "tests/test_calc.py > Unit > test_parts";
  assert.deepEqual(statuses(await warm.run({ files: {}, tests: [id], timeoutMs: TIMEOUT_MS })), { [id]: "passed" });
  const stopped = await warm.run({ files: {}, stopAtFirstFailure: true, timeoutMs: TIMEOUT_MS });
  assert.deepEqual(statuses(stopped), { "tests/test_calc.py > test_fixture": "failed" });
});

test("a candidate that adds a file is loaded with it, and the file is gone for the next", async (t) => {
  if (lacksPytest(t)) return;
  await using project = await openProject(FILES);
  await using warm = await warmOf(project.context);
  const files = { "calc.py": "from added import add\n", "added.py": "def add(a, b):\n    return a + b\n" };
  const id = "tests/test_calc.py > test_fixture";
  assert.equal(statuses(await warm.run({ files, timeoutMs: TIMEOUT_MS }))[id], "passed");
  const without = await warm.run({ files: { "calc.py": files["calc.py"] }, timeoutMs: TIMEOUT_MS });
  assert.match(without.errors[0]?.message ?? "", /No module named 'added'/);
});

test("lines are traced per test, warm and clean", async (t) => {
  if (lacksPytest(t)) return;
  await using project = await openProject({
    "two.py": "def one(x):\n    return x + 1\n\ndef two(x):\n    if x > 1:\n        return 2\n    return 0\n",
    "test_two.py":
      "from two import one, two\n\ndef test_one():\n    one(1)\n\ndef test_large():\n    two(5)\n\ndef test_small():\n    two(0)\n",
  });
  await using warm = await warmOf(project.context);
  const request = { files: {}, trace: ["two.py"], timeoutMs: TIMEOUT_MS };
  for (const report of [
    await pytestAdapter.runClean(project.context, request),
    await warm.run(request),
    await warm.run(request),
  ]) {
    const lines = Object.fromEntries(report.tests.map(({ id, hits }) => [id.replace(/^.* > /, ""), hits?.["two.py"]]));
    assert.deepEqual(lines, { test_one: [1, 2, 4], test_large: [1, 4, 5, 6], test_small: [1, 4, 5, 7] });
  }
});

test("variables of the user's own line reach clean and warm runs", async (t) => {
  if (lacksPytest(t)) return;
  const files = {
    "src/calc.py": FIXED["calc.py"],
    "tests/test_calc.py":
      'import os\nfrom calc import add\n\ndef test_mode():\n    assert add(1, 1) == 2 and os.environ["MODE"] == "on"\n',
  };
  await using project = await openProject(files, "MODE=on PYTHONPATH=src pytest -q");
  const expected = { "tests/test_calc.py > test_mode": "passed" };
  assert.deepEqual(
    statuses(await pytestAdapter.runClean(project.context, { files: {}, timeoutMs: TIMEOUT_MS })),
    expected,
  );
  await using warm = await warmOf(project.context);
  assert.deepEqual(statuses(await warm.run({ files: {}, timeoutMs: TIMEOUT_MS })), expected);
});
