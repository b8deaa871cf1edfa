import assert from "node:assert/strict";
import { test } from "node:test";
import { TestSuiteCheck } from "./check.ts";
import { adapterFor } from "./adapters.ts";
import { openProject } from "./fixture-project.ts";
import { recognizeRunner } from "./recognize.ts";
import type { SuiteContext, TestReport, WarmSuite } from "./types.ts";
import { unittestAdapter } from "./unittest.ts";

const CALC = `def add(a, b):
    return a - b


def sign(x):
    if x < 0:
        return "negative"
    return "zero" if x == 0 else "positive"
`;
const TESTS = `import unittest
from calc import add, sign


class Adds(unittest.TestCase):
    def test_one(self):
        self.assertEqual(add(1, 2), 3)

    def test_parts(self):
        for i in range(2):
            with self.subTest(i=i):
                self.assertEqual(add(i, i), 2 * i)

    @unittest.skip("later")
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.assertTrue(False)


class Signs(unittest.TestCase):
    def test_negative(self):
        self.assertEqual(sign(-1), "negative")


class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise OSError("no database")

    def test_a(self):
        pass

    def test_b(self):
        pass
`;
const FILES = { "calc.py": CALC, "tests/__init__.py": "", "tests/test_calc.py": TESTS };
const COMMAND = "python3 -m unittest discover";
const LIMIT = { timeoutMs: 120_000 };
const FILE = "tests/test_calc.py";
const BASE = {
  [`${FILE} > Adds > test_one`]: "failed",
  [`${FILE} > Adds > test_parts`]: "failed",
  [`${FILE} > Adds > test_skipped`]: "skipped",
  [`${FILE} > Adds > test_expected`]: "passed",
  [`${FILE} > Signs > test_negative`]: "passed",
  [`${FILE} > Broken > test_a`]: "failed",
  [`${FILE} > Broken > test_b`]: "failed",
};

const statuses = (report: TestReport) => Object.fromEntries(report.tests.map(({ id, status }) => [id, status]));

test("unittest is recognised where it can be made to report", () => {
  assert.equal(recognizeRunner("python3 -m unittest").runner, "unittest");
  assert.equal(
    recognizeRunner("cd a && PYTHONPATH=. .venv/bin/python -W error -m unittest discover -v").runner,
    "unittest",
  );
  assert.equal(recognizeRunner("python3 -I -m unittest").runner, "exit-code");
});

test("a clean run of unittest reports subtests, skips, expected failures and classes that cannot be set up", async () => {
  await using project = await openProject(FILES, COMMAND);
  const report = await unittestAdapter.runClean(project.context, { files: {}, trace: ["calc.py"], ...LIMIT });
  assert.ok(report.complete, JSON.stringify(report.errors));
  assert.deepEqual(statuses(report), BASE);
  const [one, ...others] = report.tests.filter(({ id }) => id.endsWith("test_one"));
  assert.equal(others.length, 0);
  assert.deepEqual([one?.actual, one?.expected, one?.stack?.[0]?.path], ["-1", "3", FILE]);
  assert.ok(one?.hits?.["calc.py"]?.includes(2));
  assert.ok(!one?.hits?.["calc.py"]?.includes(6));
  assert.equal(report.tests.find(({ id }) => id.endsWith("test_a"))?.inSetup, true);
});

test("unittest runs only the tests that are asked for, and stops at the first failure", async () => {
  await using project = await openProject(FILES, COMMAND);
  const tests = [`${FILE} > Adds > test_one`, `${FILE} > Signs`];
  const some = await unittestAdapter.runClean(project.context, { files: {}, tests, ...LIMIT });
  assert.deepEqual(Object.keys(statuses(some)).toSorted(), [tests[0], `${FILE} > Signs > test_negative`]);
  const first = await unittestAdapter.runClean(project.context, { files: {}, stopAtFirstFailure: true, ...LIMIT });
  assert.equal(first.tests.filter(({ status }) => status === "failed").length, 1);
});

test("unittest runs that do not end well, and files that do not load", async () => {
  await using project = await openProject(FILES, COMMAND);
  const run = (text: string, limits: object = LIMIT) =>
    unittestAdapter.runClean(project.context, { files: { "calc.py": text }, ...LIMIT, ...limits });
  const unread = await run("def add(");
  assert.deepEqual([unread.tests, unread.errors[0]?.file], [[], FILE]);
  const left = await run(CALC.replace('return "negative"', "import os; os._exit(0)"));
  assert.equal(left.complete, false);
  const hanging = await run(CALC.replace('return "negative"', "while True: pass"), { testTimeoutMs: 500 });
  assert.match(hanging.tests.find(({ id }) => id.endsWith("test_negative"))?.message ?? "", /timed out/);
  assert.ok(hanging.complete);
});

test("a fault is judged test by test", async (t) => {
  const { "tests/test_calc.py": text, ...others } = FILES;
  const tests = text.slice(0, text.indexOf("class Broken"));
  await using project = await openProject({ ...others, "tests/test_calc.py": tests }, COMMAND);
  const { check, coldReason } = await TestSuiteCheck.create(project.context, adapterFor("unittest"), { lanes: 1 });
  t.after(() => check.close());
  assert.equal(coldReason, null);
  const candidate = { id: "c", changes: [], parents: [], origin: { proposer: "test", summary: "" } };
  const { signal } = new AbortController();
  for (const judge of [check.screen.bind(check), check.confirm.bind(check)]) {
    const verdict = (operator: string) =>
      judge({ candidate, files: { "calc.py": CALC.replace("a - b", `a ${operator} b`) } }, signal);
    assert.equal((await verdict("+")).status, "passed");
    const { status, failing } = await verdict("*");
    assert.equal(status, "failed");
    assert.ok(failing?.includes(`${FILE} > Adds > test_one`), String(failing));
  }
});

/** A warm suite that ends with the scope. */
async function warmOf(context: SuiteContext): Promise<WarmSuite & AsyncDisposable> {
  const warm = await unittestAdapter.startWarm?.(
    context,
    await unittestAdapter.runClean(context, { files: {}, ...LIMIT }),
  );
  if (warm === undefined || "reason" in warm) throw new Error(warm?.reason);
  return { run: warm.run.bind(warm), close: warm.close.bind(warm), [Symbol.asyncDispose]: () => warm.close() };
}

test("a warm unittest gives the outcomes of a clean run, whatever the candidate before did", async () => {
  await using project = await openProject(FILES, COMMAND);
  await using warm = await warmOf(project.context);
  const fixed = CALC.replace("a - b", "a + b");
  const candidates = [
    CALC,
    fixed,
    "import unittest\nunittest.TestCase.assertEqual = lambda *rest: None\n" + CALC,
    CALC,
    "import sys, unittest\nsys.modules['tests'] = unittest\nsys.path.insert(0, '/tmp')\n" + CALC,
    CALC.replace("a - b", "a +"),
    "import nowhere\n",
    fixed,
  ];
  for (const text of candidates) {
    const request = { files: { "calc.py": text }, ...LIMIT };
    const [clean, screened] = [await unittestAdapter.runClean(project.context, request), await warm.run(request)];
    assert.deepEqual(statuses(screened), statuses(clean), text);
    const files = [clean, screened].map(({ errors }) => errors.map(({ file }) => file));
    assert.deepEqual(files[1], files[0], text);
    assert.equal(screened.complete, true, text);
  }
});

test("a warm unittest survives candidates that hang or leave, and takes added files away again", async () => {
  await using project = await openProject(FILES, COMMAND);
  await using warm = await warmOf(project.context);
  const negative = (line: string) => ({ "calc.py": CALC.replace('return "negative"', line) });
  const hang = await warm.run({ files: negative("while True: pass"), timeoutMs: 400 });
  assert.deepEqual([hang.timedOut, hang.complete], [true, false]);
  const leave = await warm.run({ files: negative("import os; os._exit(0)"), ...LIMIT });
  assert.deepEqual([leave.timedOut, leave.complete], [false, false]);
  const files = { "calc.py": "from added import add, sign\n", "added.py": CALC };
  assert.deepEqual(statuses(await warm.run({ files, ...LIMIT })), BASE);
  const without = await warm.run({ files: { "calc.py": files["calc.py"] }, ...LIMIT });
  assert.match(without.errors[0]?.message ?? "", /No module named 'added'/);
  assert.deepEqual(statuses(await warm.run({ files: {}, ...LIMIT })), BASE);
});

test("a warm unittest runs only the tests asked for, stops at the first failure, and traces lines", async () => {
  // A test that has a runner of its own, which is not told about, and two tests of one name.
  const runner = `import io, unittest

class Nested(unittest.TestCase):
    def test_runner(self):
        class Inner(unittest.TestCase):
            def test_inner(self):
                pass
        result = unittest.TextTestRunner(stream=io.StringIO()).run(Inner("test_inner"))
        self.assertTrue(result.wasSuccessful())

    def test_after(self):
        pass

def load_tests(loader, tests, pattern):
    tests.addTests(loader.loadTestsFromTestCase(Nested))
    return tests
`;
  await using project = await openProject({ ...FILES, "tests/test_runner.py": runner }, `${COMMAND} -v`);
  await using warm = await warmOf(project.context);
  const clean = await unittestAdapter.runClean(project.context, { files: {}, ...LIMIT });
  assert.deepEqual(statuses(await warm.run({ files: {}, ...LIMIT })), statuses(clean));
  const again = "tests/test_runner.py > Nested > test_after #2";
  assert.equal(statuses(clean)[again], "passed");
  assert.ok(!Object.keys(statuses(clean)).some((id) => id.includes("test_inner")));
  for (const id of [again, `${FILE} > Adds > test_parts`])
    assert.deepEqual(Object.keys(statuses(await warm.run({ files: {}, tests: [id], ...LIMIT }))), [id]);
  const first = await warm.run({ files: {}, stopAtFirstFailure: true, ...LIMIT });
  assert.equal(first.tests.filter(({ status }) => status === "failed").length, 1);
  const id = `${FILE} > Adds > test_one`;
  const traced = await warm.run({ files: {}, tests: [id], trace: ["calc.py"], ...LIMIT });
  assert.ok(traced.tests[0]?.hits?.["calc.py"]?.includes(2) && !traced.tests[0].hits["calc.py"].includes(6));
});
