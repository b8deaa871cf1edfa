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

test("what a candidate leaves in a warm box does not reach the next one: files, timers, a traced server", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  const root = mkdtempSync(join(tmpdir(), "pawl-left-"));
  writeFileSync(join(root, "helper.py"), "VALUE = 1\n");
  const honest = "def value():\n    import helper\n    return helper.VALUE\n";
  writeFileSync(join(root, "main.py"), honest);
  const hostile = [
    // Empties what others import; that shows when a new child reads it.
    'def value():\n    import os\n    open(os.path.dirname(__file__) + "/helper.py", "w").write("VALUE = 2\\n")\n    return 0\n',
    "import threading, os\nthreading.Timer(0.02, lambda: os._exit(0)).start()\ndef value(): return 0\n",
    "import signal, os\nsignal.signal(signal.SIGALRM, lambda *a: os._exit(0))\nsignal.setitimer(signal.ITIMER_REAL, 0.02)\ndef value(): return 0\n",
    "def value():\n    import os, signal\n    os.kill(os.getppid(), signal.SIGSTOP)\n    return 0\n",
    "import math\nmath.pi = 3\ndef value(): return 0\n",
    'import sys, types\nsys.modules["helper"] = types.SimpleNamespace(VALUE=5)\ndef value(): return 0\n',
    "import sys\nsys.path_hooks.insert(0, lambda path: None)\ndef value(): return 0\n",
    'import sys, types\nfrom importlib.machinery import ModuleSpec\nclass Finder:\n    def find_spec(self, name, path=None, target=None):\n        return ModuleSpec(name, self) if name == "helper" else None\n    def create_module(self, spec): return None\n    def exec_module(self, module): module.VALUE = 7\nsys.meta_path.insert(0, Finder())\ndef value(): return 0\n',
  ];
  const snapshot = await takeSnapshot(root);
  const sandbox = await openSandbox({ unsafe: true });
  if (sandbox.isolation === "none") return;
  const judge = { module: "main.py", cases: [{ call: "value", args: [], returns: 1 }] };
  const check = new FunctionCheck({ sandbox, snapshot, judge, lanes: 1, timeoutMs: 1000 });
  try {
    const candidate = { id: "c", changes: [], parents: [], origin: { proposer: "test", summary: "" } };
    const signal = new AbortController().signal;
    const screen = (text: string) => check.screen({ candidate, files: { "main.py": text } }, signal);
    for (const text of hostile) {
      const [bad, good] = await Promise.all([screen(text), screen(honest)]);
      assert.notEqual(bad.status, "passed");
      assert.equal(good.status, "passed", `${text}: ${JSON.stringify(good)}`);
      assert.equal((await screen(honest)).status, "passed");
    }
  } finally {
    await check.close();
    await removeSnapshot(snapshot);
    rmSync(root, { recursive: true, force: true });
  }
});
