import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { adapterFor, discoverTests, openSandbox, removeSnapshot, runBaseline, takeSnapshot } from "@pawl/verify";
import { demandFiles, ignoredNote, missedIgnored } from "./ignored-files.ts";

const FILES = {
  ".gitignore": "dist/\n.env\n.env.test\nnode_modules/\n",
  "package.json": '{ "type": "module" }',
  "lib.js": "export const one = 2;\n",
  "dist/lib.js": "export const one = 1;\n",
  ".env": "TOKEN=secret\n",
  ".env.test": "ONE=1\n",
  "test/build.test.js":
    'import { test } from "node:test";\nimport assert from "node:assert";\nimport { one } from "../dist/lib.js";\ntest("one", () => assert.equal(one, 1));\n',
  "test/settings.test.js":
    'import { readFileSync } from "node:fs";\nimport { test } from "node:test";\ntest("settings", () => readFileSync(".env.test"));\ntest("another", () => readFileSync("nowhere/x.js"));\n',
};

test("what failing tests name and git ignores is told, and is there when it is asked for", async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pawl-ignored-")));
  const report = async (include: readonly string[]) => {
    const snapshot = await takeSnapshot(root, { include });
    try {
      const { command } = discoverTests(root, "node --test");
      const sandbox = await openSandbox({ unsafe: true });
      const { report: found, failing } = await runBaseline({ sandbox, snapshot, command }, adapterFor("node:test"));
      return { failing, missed: missedIgnored(found, snapshot) };
    } finally {
      await removeSnapshot(snapshot);
    }
  };
  try {
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    execFileSync("git", ["init", "-q"], { cwd: root });
    const without = await report([]);
    assert.equal(without.failing.length, 3);
    assert.deepEqual(without.missed, [".env.test", "dist"]);
    assert.match(ignoredNote(without.missed)[0] ?? "", /--include \.env\.test,dist$/);
    const given = await report(without.missed);
    assert.deepEqual(given.failing, ["test/settings.test.js > another"]);
    assert.deepEqual(ignoredNote(given.missed), []);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test("a Python module that git ignores is found by its name; without it nothing can be judged", async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pawl-ignored-")));
  const files = {
    ".gitignore": "src/*/_version.py\n",
    "src/pack/__init__.py": "from pack._version import version\n",
    "src/pack/_version.py": "version = 1\n",
    "test_pack.py":
      "import sys\nsys.path.insert(0, 'src')\nimport unittest\nimport pack\nclass A(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(pack.version, 2)\n",
  };
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    execFileSync("git", ["init", "-q"], { cwd: root });
    const snapshot = await takeSnapshot(root);
    const { command } = discoverTests(root, "python3 -m unittest");
    const sandbox = await openSandbox({ unsafe: true });
    const found = await runBaseline({ sandbox, snapshot, command }, adapterFor("unittest"));
    const missed = missedIgnored(found.report, snapshot);
    await removeSnapshot(snapshot);
    assert.deepEqual(missed, ["src/pack/_version.py"]);
    assert.throws(() => demandFiles(missed, found), /no test passes/);
    demandFiles(missed, { passing: ["one"] });
    demandFiles([], found);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
