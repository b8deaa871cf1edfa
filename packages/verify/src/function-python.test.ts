import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { FunctionCheck } from "./function-check.ts";
import { openSandbox } from "./open-sandbox.ts";
import { removeSnapshot, takeSnapshot } from "./snapshot.ts";
import { hasPytest } from "./suites/discover-python.ts";

test("a Python function can import installed packages and their submodules, warm and confirmed", async (t) => {
  if (!hasPytest()) return t.skip("pytest not found, which is the installed package that is imported");
  const root = mkdtempSync(join(tmpdir(), "pawl-installed-"));
  const text =
    "def name():\n    import pytest, _pytest.config\n    return _pytest.config.Config.__name__\n\ndef lacks():\n    try:\n        import no_such_package_here\n    except ImportError:\n        return callable(exit)\n";
  writeFileSync(join(root, "main.py"), text);
  const snapshot = await takeSnapshot(root);
  const cases = [
    { call: "lacks", args: [], returns: true },
    { call: "name", args: [], returns: "Config" },
    { call: "lacks", args: [], returns: true },
  ];
  const sandbox = await openSandbox({ unsafe: true });
  const check = new FunctionCheck({ sandbox, snapshot, judge: { module: "main.py", cases } });
  try {
    const candidate = { id: "c", changes: [], parents: [], origin: { proposer: "test", summary: "" } };
    const submission = { candidate, files: { "main.py": text } };
    const signal = new AbortController().signal;
    assert.equal((await check.screen(submission, signal)).status, "passed");
    assert.equal((await check.confirm(submission, signal)).status, "passed");
  } finally {
    await check.close();
    await removeSnapshot(snapshot);
    rmSync(root, { recursive: true, force: true });
  }
});
