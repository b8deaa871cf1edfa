import assert from "node:assert/strict";
import { test } from "node:test";
import type { Candidate, ChangedFiles, Verdict } from "@pawl/core";
import { adapterFor } from "./adapters.ts";
import { affectedFirst, coverageOf } from "./affected.ts";
import { calibrate, disagreement, runBaseline, settleBaseline } from "./baseline.ts";
import { TestSuiteCheck } from "./check.ts";
import { discoverTests } from "./discover.ts";
import { hasPytest } from "./discover-python.ts";
import { openProject, tenTestProject } from "./fixture-project.ts";
import type { WarmSuite } from "./types.ts";

const signal = new AbortController().signal;
const candidate: Candidate = { id: "c", changes: [], parents: [], origin: { proposer: "test", summary: "" } };
const submit = (files: ChangedFiles) => ({ candidate, files });
const score = (verdict: Verdict, name: string) => verdict.scores[name]?.[0];

async function createCheck(files: Readonly<Record<string, string>>, command?: string, lanes = 1) {
  const project = await openProject(files, command);
  const { runner } = discoverTests(project.root, command);
  const created = await TestSuiteCheck.create(project.context, adapterFor(runner), { lanes });
  return {
    ...created,
    context: project.context,
    async [Symbol.asyncDispose]() {
      await created.check.close();
      await project[Symbol.asyncDispose]();
    },
  };
}

for (const language of ["javascript", "python"] as const) {
  test(`${language}: screening and confirming agree on right, wrong, broken and endless candidates`, async (t) => {
    if (language === "python" && !hasPytest()) return t.skip("pytest not found");
    const { files, command, source, broken, variants } = tenTestProject(language);
    await using made = await createCheck({ ...files, [source]: broken }, command, 2);
    const { check, baseline } = made;
    assert.equal(made.coldReason, null);
    assert.equal(baseline.failing.length, 4);
    assert.equal(baseline.passing.length, 6);
    const right = variants.at(-1) ?? "";
    const both = async (text: string) => {
      const [screened, confirmed] = await Promise.all([
        check.screen(submit({ [source]: text }), signal),
        check.confirm(submit({ [source]: text }), signal),
      ]);
      assert.equal(screened.status, confirmed.status, text);
      return { screened, confirmed };
    };

    const good = await both(right);
    assert.equal(good.screened.status, "passed");
    assert.deepEqual([score(good.confirmed, "passed"), score(good.confirmed, "regressions")], [1, 0]);

    // Right for 2 + 2 only: one of the four failing tests.
    const partly = await both(variants[0] ?? "");
    assert.equal(partly.screened.status, "failed");
    assert.deepEqual([score(partly.screened, "passed"), score(partly.confirmed, "passed")], [0.25, 0.25]);
    assert.equal(partly.screened.failing?.length, 3);
    assert.equal(partly.screened.feedback[0]?.kind, "test");

    const regression = await both(variants[2] ?? "");
    assert.equal(regression.screened.status, "failed");
    assert.equal(score(regression.screened, "passed"), 1);
    assert.equal(score(regression.screened, "regressions"), 1);
    assert.equal(score(regression.confirmed, "regressions"), 4);

    const broken2 = await both(`${right}\n)`);
    assert.equal(broken2.screened.status, "error");

    const endless =
      language === "python"
        ? "while True:\n    pass\n"
        : "export function add() {\n  for (;;);\n}\nexport const multiply = add;\n";
    const { screened } = await both(endless);
    assert.equal(screened.status, "timeout");
    assert.equal((await check.screen(submit({ [source]: right }), signal)).status, "passed");
  });
}

test("tests that execute a changed file run before the others, and the verdict is the same", async () => {
  const files = {
    "package.json": '{ "type": "module" }',
    "a.js": "export const a = () => 0;\n",
    "b.js": "export const b = () => 2;\n",
    "test/a.test.js":
      'import { test } from "node:test";\nimport assert from "node:assert";\nimport { a } from "../a.js";\nimport { b } from "../b.js";\ntest("wanted", () => assert.equal(a(), 1));\ntest("other", () => assert.equal(b(), 2));\n',
    "test/b.test.js":
      'import { test } from "node:test";\nimport assert from "node:assert";\nimport { b } from "../b.js";\ntest("apart", () => assert.equal(b(), 2));\n',
    "test/z.test.js":
      'import { test } from "node:test";\nimport assert from "node:assert";\nimport { a } from "../a.js";\ntest("small", () => assert.ok(a() < 2));\n',
  };
  await using made = await createCheck(files, "node --test", 1);
  assert.equal(made.coldReason, null);
  const { failing, passing } = made.baseline;
  const traced = await made.check.trace({}, ["a.js", "b.js"]);
  const coverage = coverageOf(traced, ["a.js", "b.js"]);
  assert.deepEqual(affectedFirst(passing, ["a.js"], coverage), [
    ["test/a.test.js > other", "test/z.test.js > small"],
    ["test/b.test.js > apart"],
  ]);
  const informed = made.check.forTests({ failing, passing, coverage });
  for (const [text, status] of [
    ["export const a = () => 1;\n", "passed"],
    ["export const a = () => (new Error().stack.includes('/z.test') ? 3 : 1);\n", "failed"],
  ] as const)
    for (const check of [made.check, informed])
      assert.equal((await check.screen(submit({ "a.js": text }), signal)).status, status);
});

test("a test that is not reported any more fails the candidate", async () => {
  const { files, command, source, broken, variants } = tenTestProject("javascript");
  await using made = await createCheck({ ...files, [source]: broken }, command);
  const leaves = `${variants.at(-1)}\nprocess.exit(0);\n`;
  const confirmed = await made.check.confirm(submit({ [source]: leaves }), signal);
  assert.notEqual(confirmed.status, "passed");
  assert.ok(confirmed.feedback.some(({ message }) => message === "not reported"));
  assert.notEqual((await made.check.screen(submit({ [source]: leaves }), signal)).status, "passed");
});

test("a file that does not load on the base is repaired by a candidate that lets it load and pass", async () => {
  const { files, command, source, variants } = tenTestProject("javascript");
  await using made = await createCheck({ ...files, [source]: "export function add( {}\n" }, command);
  assert.deepEqual(made.baseline.failing, ["test/calc.test.js"]);
  assert.equal(made.coldReason, null);
  for (const [text, status] of [
    [variants.at(-1) ?? "", "passed"],
    ["export const add = 1;\n", "error"],
  ] as const) {
    assert.equal((await made.check.screen(submit({ [source]: text }), signal)).status, status);
    assert.equal((await made.check.confirm(submit({ [source]: text }), signal)).status, status);
  }
  assert.equal((await made.check.confirm(submit({ [source]: variants[0] ?? "" }), signal)).status, "failed");
});

test("held-out tests are judged by runHeldOut alone", async () => {
  const { files, command, source, broken, variants } = tenTestProject("javascript");
  await using project = await openProject({ ...files, [source]: broken }, command);
  const adapter = adapterFor("node:test");
  const baseline = await runBaseline(project.context, adapter);
  const heldOut = baseline.failing.filter((id) => !id.endsWith("add 2"));
  const holdOut = () => heldOut;
  const { check } = await TestSuiteCheck.create(project.context, adapter, { lanes: 0, holdOut, baseline });
  // a * b is right for 2 + 2, the one visible failing test.
  const overfitted = submit({ [source]: variants[0] ?? "" });
  assert.equal((await check.confirm(overfitted, signal)).status, "passed");
  const opened = await check.runHeldOut(overfitted, signal);
  assert.equal(opened.status, "failed");
  assert.deepEqual(opened.failing, heldOut);
  assert.equal((await check.runHeldOut(submit({ [source]: variants.at(-1) ?? "" }), signal)).status, "passed");
});

test("tests that differ between two runs are left out", async () => {
  const flaky =
    'import { test } from "node:test"; import assert from "node:assert"; import { x } from "../x.js";\ntest("wrong", () => assert.equal(x, 2));\ntest("clock", () => assert.ok(process.hrtime.bigint() / 1000n % 2n === 0n));\n';
  await using project = await openProject({
    "package.json": '{"type":"module","scripts":{"test":"node --test"}}',
    "x.js": "export const x = 1;\n",
    "test/x.test.js": flaky,
  });
  const adapter = adapterFor("node:test");
  for (let attempt = 0; attempt < 40; attempt++) {
    const once = await runBaseline(project.context, adapter);
    const baseline = await settleBaseline(project.context, adapter, once);
    assert.ok(baseline.failing.includes("test/x.test.js > wrong"));
    if (baseline.flaky.length === 0) continue;
    assert.deepEqual(baseline.flaky, ["test/x.test.js > clock"]);
    assert.ok(![...baseline.failing, ...baseline.passing].includes("test/x.test.js > clock"));
    return;
  }
  assert.fail("forty pairs of coin flips were equal");
});

test("an endless loop in the base is found and can be repaired", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  if (!hasPytest()) return t.skip("pytest not found");
  const { files, command, source, variants } = tenTestProject("python");
  const right = variants.at(-1) ?? "";
  await using project = await openProject(
    { ...files, [source]: right.replace("for _ in range(b):", "while b > 3:") },
    command,
  );
  const baseline = await runBaseline(project.context, adapterFor("pytest"), { timeoutMs: 8000 });
  assert.deepEqual(baseline.hanging, ["tests/test_calc.py > test_multiply_4"]);
  const { check, coldReason } = await TestSuiteCheck.create(project.context, adapterFor("pytest"), {
    lanes: 1,
    baseline,
  });
  assert.equal(coldReason, null);
  assert.equal((await check.screen(submit({ [source]: right }), signal)).status, "passed");
  assert.equal((await check.confirm(submit({ [source]: right }), signal)).status, "passed");
  await check.close();
});

test("a command without a known runner is judged by its exit code, in fresh boxes", async () => {
  await using made = await createCheck({ "answer.txt": "41\n" }, "grep -q 42 answer.txt");
  assert.match(made.coldReason ?? "", /no warm runner/);
  assert.deepEqual(made.baseline.failing, ["exit code"]);
  assert.equal((await made.check.screen(submit({ "answer.txt": "42\n" }), signal)).status, "passed");
  const wrong = await made.check.confirm(submit({ "answer.txt": "43\n" }), signal);
  assert.equal(wrong.status, "failed");
  assert.match(wrong.feedback[0]?.message ?? "", /exit code 1/);
});

test("a failure of the command besides its tests is held against the candidate", async () => {
  const { files, source, broken, variants } = tenTestProject("javascript");
  const check = "node -e \"process.exit(require('fs').readFileSync('calc.js', 'utf8').includes('forbidden') ? 3 : 0)\"";
  await using made = await createCheck({ ...files, [source]: broken }, `node --test && ${check}`);
  const right = variants.at(-1) ?? "";
  assert.equal((await made.check.confirm(submit({ [source]: right }), signal)).status, "passed");
  const rejected = await made.check.confirm(submit({ [source]: `${right}// forbidden\n` }), signal);
  assert.equal(rejected.status, "failed");
  assert.match(rejected.feedback[0]?.message ?? "", /exit code 3/);
});

test("a warm suite that says something else about the base is refused with the difference", async () => {
  const { files, command, source, broken } = tenTestProject("javascript");
  await using project = await openProject({ ...files, [source]: broken }, command);
  const baseline = await runBaseline(project.context, adapterFor("node:test"));
  const liar: WarmSuite = {
    run: async () => ({
      ...baseline.report,
      tests: baseline.report.tests.map((each) => ({ ...each, status: "passed" })),
    }),
    close: async () => {},
  };
  const calibration = await calibrate(liar, baseline);
  assert.ok("report" in calibration);
  assert.match(disagreement(calibration.report, baseline) ?? "", /4 of 10 tests end differently/);
});

test("a command that reports no tests is wrong use", async () => {
  await using project = await openProject(
    { "package.json": '{"type":"module"}', "test/none.txt": "" },
    "node --test nothing-here.js",
  );
  await assert.rejects(runBaseline(project.context, adapterFor("node:test")), { name: "UsageError", exitCode: 2 });
});

test("lines are traced through the check", async () => {
  const { files, command, source, broken } = tenTestProject("javascript");
  await using made = await createCheck({ ...files, [source]: broken }, command);
  const report = await made.check.trace({}, [source]);
  const hits = report.tests.find(({ id }) => id.endsWith("multiply 3"))?.hits?.[source];
  assert.ok(hits?.includes(7) && !hits.includes(2), JSON.stringify(hits));
});
