import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FunctionCheck } from "../function-check.ts";
import { adapterFor } from "../suites/adapters.ts";
import { runBaseline } from "../suites/baseline.ts";
import { TestSuiteCheck } from "../suites/check.ts";
import { hasPytest } from "../suites/discover-python.ts";
import { openProject, writeProject } from "../suites/fixture-project.ts";
import { matrixAdapter } from "./adapter.ts";
import { MatrixCheck } from "./check.ts";
import { exportsIn } from "./exports.ts";
import { failureClass } from "./failure-class.ts";
import { installVersions } from "./install.ts";
import { compareVersions, isExact, parseVersions } from "./version.ts";
import { openViews, snapshotIn } from "./view.ts";

const candidate = { id: "c", changes: [], parents: [], origin: { proposer: "test", summary: "" } };
const signal = new AbortController().signal;

/** Version 1 of a package has `first`, version 2 has `head` and another rounding; `helper` differs as well, and lies inside each version. */
function tiny(version: string, text: string, helper: string): Readonly<Record<string, string>> {
  return {
    "package.json": JSON.stringify({ name: "tiny", version, main: "index.js", dependencies: { helper: "1" } }),
    "index.js": `const helper = require("helper");\n${text}`,
    "node_modules/helper/package.json": '{ "name": "helper", "version": "1.0.0" }',
    "node_modules/helper/index.js": `module.exports = ${helper};\n`,
  };
}
const ONE = tiny(
  "1.0.0",
  "exports.first = (list) => list[0];\nexports.round = Math.floor;\nexports.tag = helper;\n",
  '"old"',
);
const TWO = tiny(
  "2.0.0",
  "exports.head = (list) => list[0];\nexports.round = Math.round;\nexports.tag = helper;\n",
  '"new"',
);

function under(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

const PROJECT: Readonly<Record<string, string>> = {
  "package.json": '{ "type": "module" }',
  "lib.js":
    'import tiny from "tiny";\nexport const start = (list) => tiny.first(list);\nexport const whole = (n) => tiny.round(n);\n',
  "test/lib.test.js": `import assert from "node:assert/strict";
import { test } from "node:test";
import tiny from "tiny";
import other from "other";
import { start, whole } from "../lib.js";
test("start", () => assert.equal(start([7, 8]), 7));
test("whole", () => assert.equal(whole(2.4), 2));
test("half", () => assert.equal(whole(2.5), 2));
test("its own dependencies", () => assert.equal(tiny.tag, tiny.head ? "new" : "old"));
test("others keep theirs", () => assert.equal(other(), "old"));
`,
  ...under("node_modules/tiny", ONE),
  "node_modules/other/package.json": '{ "name": "other", "version": "1.0.0", "dependencies": { "tiny": "1" } }',
  "node_modules/other/index.js": 'const tiny = require("tiny");\nmodule.exports = () => tiny.first([tiny.tag]);\n',
};

/** A cache that holds both versions already, as an installation would have left them. */
function npmCache(): string {
  return writeProject({
    ...under("npm/tiny@1.0.0/node_modules/tiny", ONE),
    ...under("npm/tiny@2.0.0/node_modules/tiny", TWO),
  });
}

const FIXED =
  'import tiny from "tiny";\nexport const start = (list) => (tiny.first ?? tiny.head)(list);\nexport const whole = (n) => Math.floor(n);\n';

test("a suite runs against each version, without a change of the project; failures name their version", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  await using project = await openProject(PROJECT, "node --test");
  const { context, root } = project;
  if (context.sandbox.isolation === "none") return t.skip("no sandbox works here");
  const before = readFileSync(join(root, "node_modules/tiny/index.js"), "utf8");
  const place = { ecosystem: "npm", name: "tiny", root, python: "python3", cache: npmCache() } as const;
  const versions = await installVersions({ ...place, versions: ["2.0.0", "1.0.0"] });
  assert.deepEqual(
    versions.map(({ version }) => version),
    ["1.0.0", "2.0.0"],
  );
  await using opened = await openViews(context.snapshot, versions);
  const adapter = matrixAdapter(adapterFor("node:test"), opened.views);

  const baseline = await runBaseline(context, adapter);
  assert.deepEqual(baseline.failing, ["tiny@2.0.0: test/lib.test.js > half", "tiny@2.0.0: test/lib.test.js > start"]);
  assert.equal(baseline.passing.length, 8);

  const { check, coldReason } = await TestSuiteCheck.create(context, adapter, { lanes: 1, sources: ["lib.js"] });
  t.after(() => check.close());
  assert.equal(coldReason, null);
  const right = { candidate, files: { "lib.js": FIXED } };
  assert.equal((await check.screen(right, signal)).status, "passed");
  assert.equal((await check.confirm(right, signal)).status, "passed");
  // Right for version 2 alone: it is the other side that fails now.
  const files = { "lib.js": FIXED.replace("(tiny.first ?? tiny.head)", "tiny.head") };
  const oneSided = await check.confirm({ candidate, files }, signal);
  assert.equal(oneSided.status, "failed");
  assert.deepEqual(oneSided.failing, ["tiny@1.0.0: test/lib.test.js > start"]);
  assert.equal(readFileSync(join(root, "node_modules/tiny/index.js"), "utf8"), before);

  const [one, two] = await Promise.all(opened.views.map((view) => exportsIn(view, context, "python3")));
  assert.deepEqual(one?.names, ["first", "round", "tag"]);
  assert.deepEqual(two?.names, ["head", "round", "tag"]);
  const [view] = opened.views;
  const wrong = { ...view, installed: { ...view?.installed, version: "9.0.0" } } as typeof view & {};
  await assert.rejects(exportsIn(wrong, context, "python3"), /could not be put in place/);
});

test("a function check passes in a matrix when it passes in every version", async (t) => {
  await using project = await openProject(PROJECT, "node --test");
  const { sandbox, snapshot } = project.context;
  if (sandbox.isolation === "none") return t.skip("no sandbox works here");
  const place = { ecosystem: "npm", name: "tiny", root: project.root, python: "python3", cache: npmCache() } as const;
  await using opened = await openViews(snapshot, await installVersions({ ...place, versions: ["1.0.0", "2.0.0"] }));
  const judge = { module: "lib.js", cases: [{ call: "whole", args: [2.5], returns: 2 }] };
  const check = new MatrixCheck(
    opened.views.map((view) => ({
      label: view.label,
      check: new FunctionCheck({ sandbox, snapshot: snapshotIn(view, snapshot), judge, lanes: 1 }),
    })),
  );
  t.after(() => check.close());
  const base = await check.screen({ candidate, files: {} }, signal);
  assert.equal(base.status, "failed");
  assert.deepEqual(base.scores, { passed: [0.5], versions: [1] });
  assert.match(base.feedback[0]?.message ?? "", /^tiny@2\.0\.0: /);
  assert.equal((await check.confirm({ candidate, files: { "lib.js": FIXED } }, signal)).status, "passed");
});

test("a Python suite sees each version first on its path", async (t) => {
  if (!hasPytest()) return t.skip("pytest not found");
  await using project = await openProject(
    {
      "lib.py": "import tiny\n\ndef start(items):\n    return tiny.first(items)\n",
      "tests/test_lib.py": "from lib import start\n\ndef test_start():\n    assert start([7, 8]) == 7\n",
    },
    "python3 -m pytest",
  );
  const { context, root } = project;
  if (context.sandbox.isolation === "none") return t.skip("no sandbox works here");
  const place = { ecosystem: "python", name: "tiny", root, python: "python3" } as const;
  const script = "import sys;print(f'{sys.implementation.name}-{sys.version_info[0]}.{sys.version_info[1]}')";
  const tag = execFileSync("python3", ["-c", script], { encoding: "utf8" }).trim();
  const files = (version: string, name: string): Readonly<Record<string, string>> =>
    under(`${tag}/tiny@${version}`, {
      "tiny.py": `def ${name}(items):\n    return items[0]\n`,
      [`tiny-${version}.dist-info/METADATA`]: `Metadata-Version: 2.1\nName: tiny\nVersion: ${version}\n`,
      [`tiny-${version}.dist-info/RECORD`]: "tiny.py,,\n",
    });
  const cache = writeProject({ ...files("1.0.0", "first"), ...files("2.0.0", "head") });
  await using opened = await openViews(
    context.snapshot,
    await installVersions({ ...place, cache, versions: ["1.0.0", "2.0.0"] }),
  );
  const baseline = await runBaseline(context, matrixAdapter(adapterFor("pytest"), opened.views));
  assert.deepEqual(baseline.failing, ["tiny@2.0.0: tests/test_lib.py > test_start"]);
  assert.deepEqual(baseline.passing, ["tiny@1.0.0: tests/test_lib.py > test_start"]);
  const failed = baseline.report.tests.find(({ status }) => status === "failed");
  assert.equal(failureClass(failed ?? {}), "missing");
  assert.deepEqual((await exportsIn(opened.views[1] as never, context, "python3")).names, ["head"]);
  // A command of another runner, with an assignment of its own.
  const line = "PYTHONPATH=tests python3 -c 'import tiny; tiny.first([1])'";
  const other = { ...context, command: { argv: ["sh", "-c", line] } };
  const plain = await runBaseline(other, matrixAdapter(adapterFor("exit-code"), opened.views));
  assert.deepEqual(plain.failing, ["tiny@2.0.0: exit code"]);
});

test("a dependency that is not there, or is the project's own folder, is refused", async () => {
  await using project = await openProject({ "package.json": "{}", "node_modules/x/package.json": "{}" }, "node --test");
  const missing = [{ name: "tiny", version: "1.0.0", ecosystem: "npm", folder: "/nowhere" }] as const;
  await assert.rejects(openViews(project.context.snapshot, missing), /tiny is not installed in this project/);
});

test("versions are read, ordered, and told from ranges", () => {
  assert.deepEqual(parseVersions("1.x, 2.0.1,1.x"), ["1.x", "2.0.1"]);
  for (const bad of ["", ",", "--flag", "1;rm"]) assert.throws(() => parseVersions(bad), /cannot read the versions/);
  assert.deepEqual(["1.2.0", "1.2.0-beta.1", "2.0.0rc1", "1.2", "1.x", "^1.2.3", "*"].map(isExact), [
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  const sorted = ["10.0.0", "2.0.0", "2.0.0-rc.1", "1.9", "1.10.0"].sort(compareVersions);
  assert.deepEqual(sorted, ["1.9", "1.10.0", "2.0.0-rc.1", "2.0.0", "10.0.0"]);
});

test("failures are told apart by what the runner says", () => {
  const said: readonly (readonly [string, string])[] = [
    ["Cannot find package 'tiny' imported from /p/a.js", "load"],
    ["ModuleNotFoundError: No module named 'tiny'", "load"],
    ["TypeError: tiny.first is not a function", "missing"],
    ["SyntaxError: The requested module 'tiny' does not provide an export named 'first'", "missing"],
    ["AttributeError: module 'tiny' has no attribute 'first'", "missing"],
    ["RangeError: use yyyy instead of YYYY", "throws"],
    ["AssertionError: 3 !== 2", "wrong value"],
    ["assert 3 == 2", "wrong value"],
    ["the test timed out after 100 ms", "timeout"],
  ];
  for (const [message, wanted] of said) assert.equal(failureClass({ message }), wanted, message);
});

test(
  "real versions are installed once, with what they depend on, and kept",
  { skip: process.env["PAWL_SLOW"] !== "1" && "PAWL_SLOW=1 installs packages" },
  async () => {
    const cache = writeProject({});
    const root = writeProject({});
    const installed: string[] = [];
    const common = { root, python: "python3", cache, onInstall: (what: string) => installed.push(what) };
    const npm = { ...common, ecosystem: "npm", name: "semver" } as const;
    const versions = await installVersions({ ...npm, versions: ["7.3.x", "~5.5.0"] });
    assert.deepEqual(
      versions.map(({ version }) => version),
      ["5.5.1", "7.3.8"],
    );
    // semver 7.3 depends on lru-cache, which lies inside it.
    assert.ok(readFileSync(join(versions[1]?.folder as string, "node_modules/lru-cache/package.json")).length > 0);
    await installVersions({ ...npm, versions: ["5.5.1"] });
    const [python] = await installVersions({ ...common, ecosystem: "python", name: "semver", versions: ["2.x"] });
    assert.match(python?.version as string, /^2\./);
    assert.deepEqual(installed, ["semver@5.5.1", "semver@7.3.8", `semver@${python?.version}`]);
    await assert.rejects(installVersions({ ...npm, versions: ["999.0.0"] }), /there is no semver@999.0.0/);
  },
);
