import assert from "node:assert/strict";
import { test } from "node:test";
import { classifyFiles } from "./classify-files.ts";

test("tests and configuration are frozen, code of the runner's language is source", () => {
  const files = [
    "package.json",
    "src/a.ts",
    "src/a.test.ts",
    "src/types.d.ts",
    "test/helper.js",
    "src/__tests__/b.js",
    "vitest.config.ts",
    "lib/contest.js",
    "README.md",
    "tool.py",
    ".eslintrc.cjs",
    "src/x.spec.jsx",
    "test.js",
  ];
  assert.deepEqual(classifyFiles({ files }, "vitest"), {
    tests: ["src/a.test.ts", "test/helper.js", "src/__tests__/b.js", "src/x.spec.jsx", "test.js"],
    config: ["package.json", "src/types.d.ts", "vitest.config.ts", "README.md", "tool.py", ".eslintrc.cjs"],
    source: ["src/a.ts", "lib/contest.js"],
  });
});

test("Python: test modules, conftest and setup files are frozen", () => {
  const files = [
    "pkg/calc.py",
    "pkg/latest.py",
    "pkg/calc_test.py",
    "tests/data.py",
    "test_x.py",
    "conftest.py",
    "setup.py",
    "pyproject.toml",
    "a.js",
  ];
  assert.deepEqual(classifyFiles({ files }, "pytest"), {
    tests: ["pkg/calc_test.py", "tests/data.py", "test_x.py", "conftest.py"],
    config: ["setup.py", "pyproject.toml", "a.js"],
    source: ["pkg/calc.py", "pkg/latest.py"],
  });
  assert.deepEqual(classifyFiles({ files }, "exit-code").source, ["pkg/calc.py", "pkg/latest.py", "a.js"]);
});
