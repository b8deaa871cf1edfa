import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { discoverTests, packageRoot } from "./discover.ts";
import { hasPytest } from "./discover-python.ts";
import { writeProject } from "./fixture-project.ts";

function discover(files: Readonly<Record<string, string>>, testCommand?: string) {
  const root = writeProject(files);
  try {
    return { ...discoverTests(root, testCommand), start: root };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
const withScripts = (scripts: Readonly<Record<string, string>>) => ({ "package.json": JSON.stringify({ scripts }) });

test("the runner of a package's test script is recognised through chains, wrappers and other scripts", () => {
  for (const [scripts, runner, line] of [
    [{ test: "node --test" }, "node:test", "node --test"],
    [{ test: "cross-env NODE_ENV=test c8 -r text node --import ./setup.js --test 'test/**/*.js'" }, "node:test", null],
    [{ test: "npm run lint && npm run unit -- --bail", lint: "eslint .", unit: "mocha" }, "mocha", "mocha --bail"],
    [{ test: "npx jest --ci", pretest: "tsc" }, "jest", "tsc && npx jest --ci"],
    [{ test: "pnpm test:unit", "test:unit": "vitest run" }, "vitest", "vitest run"],
    [{ test: "node node_modules/mocha/bin/mocha.js" }, "mocha", null],
    [{ test: "cross-env A=1 npm run unit", unit: "jest" }, "jest", "export A=1; jest"],
    [{ test: "cd sub && npm test" }, "exit-code", "cd sub && npm test"],
    [{ test: "make check" }, "exit-code", "make check"],
    [{ test: "npm run test" }, "exit-code", "npm run test"],
  ] as const) {
    const found = discover(withScripts(scripts));
    assert.equal(found.runner, runner, scripts.test);
    if (line !== null) assert.equal(found.line, line);
    assert.equal(found.source, "package.json scripts.test");
  }
});

test("a script that imports node:test is a node:test suite", () => {
  const files = { ...withScripts({ test: "node test.js" }), "test.js": 'import test from "node:test";\n' };
  assert.equal(discover(files).runner, "node:test");
  assert.equal(discover({ ...files, "test.js": "process.exit(0)" }).runner, "exit-code");
});

test("without a script, configuration files and dependencies decide", () => {
  assert.equal(discover({ "package.json": "{}", "vitest.config.ts": "" }).runner, "vitest");
  assert.equal(discover({ "package.json": '{"devDependencies":{"jest":"*"}}' }).runner, "jest");
  const placeholder = withScripts({ test: 'echo "Error: no test specified" && exit 1' });
  assert.equal(discover({ ...placeholder, ".mocharc.json": "{}" }).runner, "mocha");
});

test("Python projects are found by configuration or by their test files", (t) => {
  if (!hasPytest()) return t.skip("pytest not found");
  for (const [files, source] of [
    [{ "pytest.ini": "[pytest]\n" }, "pytest.ini"],
    [{ "pyproject.toml": "[tool.pytest.ini_options]\n" }, "pyproject.toml"],
    [{ "setup.cfg": "[tool:pytest]\n" }, "setup.cfg"],
    [{ "pyproject.toml": "[project]\n", "tests/unit/test_a.py": "" }, "tests/unit/test_a.py"],
    [{ "a_test.py": "import unittest\n" }, "a_test.py"],
  ] as const) {
    const found = discover(files);
    assert.deepEqual([found.runner, found.line, found.source], ["pytest", "python3 -m pytest", source]);
  }
});

test("--test wins, and its scripts are resolved, too", () => {
  const found = discover(withScripts({ test: "jest", unit: "node --test" }), "npm run unit");
  assert.deepEqual([found.runner, found.line, found.source], ["node:test", "node --test", "--test"]);
  assert.equal(discover({}, "PYTHONPATH=src uv run pytest -q 2>&1 | tee log").runner, "pytest");
  assert.equal(discover({}, "python -m unittest").runner, "unittest");
});

test("the nearest package is the one that is tested", () => {
  const root = writeProject({
    "package.json": "{}",
    "packages/a/package.json": '{"scripts":{"test":"node --test"}}',
    "packages/a/src/x.js": "",
  });
  mkdirSync(join(root, ".git"));
  mkdirSync(join(root, "docs"));
  assert.equal(discoverTests(join(root, "packages/a/src")).root, join(root, "packages/a"));
  assert.equal(packageRoot(join(root, "docs")), root);
  rmSync(root, { recursive: true, force: true });
});

test("when nothing is found, the error says what was looked for and what to do", () => {
  assert.throws(
    () => discover({ "readme.md": "" }),
    (error: Error & { todo?: string; exitCode?: number }) => {
      assert.equal(error.name, "UsageError");
      assert.equal(error.exitCode, 2);
      assert.match(error.message, /scripts\.test.*pytest/);
      assert.match(error.todo ?? "", /--test/);
      return true;
    },
  );
  assert.throws(() => discover({ "package.json": "{" }), { name: "UsageError" });
});
